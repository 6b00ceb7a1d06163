package dev.chasqui.settings;

import java.util.List;

/// The settings that keep what nobody has vouched for from taking the room of what is genuine.
public final class EdgeKeys {

  public static final Key<Integer> HTTP_MAX_CONNECTIONS_PER_ADDRESS =
      Key.of(
          "http.maxConnectionsPerAddress",
          Type.NUMBER,
          "4096",
          "Open connections of one source address per listener; trusted proxies are not bound by"
              + " it.");
  public static final Key<Long> INGRESS_PARTIAL_BYTES =
      Key.of(
          "ingress.partial.bytes",
          Type.SIZE,
          "32MiB",
          "Bytes in memory of bodies that have not arrived whole and so cannot be verified; beyond,"
              + " slow and large ones of the busiest address are answered 503.");
  public static final Key<Long> INGRESS_PARTIAL_BYTES_PER_ADDRESS =
      Key.of(
          "ingress.partial.bytesPerAddress",
          Type.SIZE,
          "16MiB",
          "The same of one source address; never less than ingress.maxBody.");

  static final List<Key<?>> ALL =
      List.of(
          HTTP_MAX_CONNECTIONS_PER_ADDRESS,
          INGRESS_PARTIAL_BYTES,
          INGRESS_PARTIAL_BYTES_PER_ADDRESS);

  private EdgeKeys() {}
}
