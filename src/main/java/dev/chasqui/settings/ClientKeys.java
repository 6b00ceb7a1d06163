package dev.chasqui.settings;

import java.util.List;

/// The settings of the requests that the gateway makes.
public final class ClientKeys {

  public static final Key<List<String>> OUTBOUND_ALLOW =
      Key.of(
          "outbound.allow",
          Type.LIST,
          "",
          "CIDRs that receivers may have beside public addresses, for example 127.0.0.0/8.");
  public static final Key<Long> OUTBOUND_MAX_HEADER =
      Key.of(
          "outbound.maxHeader",
          Type.SIZE,
          "64KiB",
          "The largest head of an answer that is read, at least 8KiB; of a larger one the status"
              + " counts.");

  static final List<Key<?>> ALL = List.of(OUTBOUND_ALLOW, OUTBOUND_MAX_HEADER);

  private ClientKeys() {}
}
