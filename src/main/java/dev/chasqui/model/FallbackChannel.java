package dev.chasqui.model;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The other way to the contacts of a phone number: a bridge, to SMS for example, that messages are
/// posted to where WhatsApp does not reach, and that posts its own messages and statuses back.
///
/// @param url where messages are posted
/// @param secrets what those posts are signed with, newest first
/// @param errorThreshold how many failures of WhatsApp switch a contact over, 1 to 100
/// @param resendOnSwitch whether the message that switches a contact over is sent again this way
/// @param uuids what the bridge's own posts name the channel by, newest first; never empty
public record FallbackChannel(
    WorkspaceId workspace,
    String phoneNumberId,
    URI url,
    List<Credential> secrets,
    int errorThreshold,
    boolean resendOnSwitch,
    List<Credential> uuids) {

  /// The threshold where an operator names none.
  public static final int DEFAULT_THRESHOLD = 5;

  /// The highest threshold there may be.
  public static final int MAX_THRESHOLD = 100;

  public FallbackChannel {
    secrets = List.copyOf(secrets);
    uuids = List.copyOf(uuids);
    if (secrets.isEmpty() || uuids.isEmpty()) {
      throw new IllegalArgumentException("a channel has a secret and a uuid");
    }
    if (errorThreshold < 1 || errorThreshold > MAX_THRESHOLD) {
      throw new IllegalArgumentException("a threshold is from 1 to " + MAX_THRESHOLD);
    }
  }

  /// Something that only the bridge and we know; never printed.
  ///
  /// @param until when it ends, null for the current one
  public record Credential(String value, @Nullable Instant until) {

    /// One that does not end.
    public static Credential of(String value) {
      return new Credential(value, null);
    }

    /// Whether it counts at a time.
    public boolean isActive(Instant now) {
      return until == null || until.isAfter(now);
    }

    @Override
    public String toString() {
      return "Credential[until " + until + "]";
    }
  }

  /// What messages are signed with: the newest, since the header has room for one signature.
  public String secret() {
    return secrets.getFirst().value();
  }

  /// The id by which the bridge's own posts name the channel: the newest one. It works as a
  /// credential, since a post that holds it is believed.
  public String channelUuid() {
    return uuids.getFirst().value();
  }

  /// The uuid that was replaced, while it still counts.
  public Optional<Credential> formerUuid(Instant now) {
    return former(uuids, now);
  }

  /// The secret that was replaced, while a bridge may still know that one alone.
  public Optional<Credential> formerSecret(Instant now) {
    return former(secrets, now);
  }

  private static Optional<Credential> former(List<Credential> all, Instant now) {
    return all.stream().skip(1).filter(it -> it.isActive(now)).findFirst();
  }

  @Override
  public String toString() {
    return "FallbackChannel[" + workspace + " " + phoneNumberId + "]";
  }
}
