package dev.chasqui.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody other than Meta whose webhooks come in: a channel of Turn's or an account of Exotel's.
/// Its id is unique among all of its source, since its webhook path names nothing else.
///
/// @param source [DialectName#TURN] or [DialectName#EXOTEL]
/// @param channel what its events are recorded with
public record SourceAccount(
    WorkspaceId workspace,
    DialectName source,
    SourceChannel channel,
    Access access,
    Admission admission) {

  /// Its id: the channel's uuid or the account's sid.
  public String id() {
    return channel.id();
  }

  /// The secrets that the source shares with us; never printed.
  ///
  /// @param secrets what its signatures are made with, newest first
  /// @param apiKey the user of its configuration interface, null if it has none
  /// @param apiToken the password of its configuration interface, null if it has none
  /// @param urlKey what its URLs carry as `key`, null if they carry none
  /// @param verifyToken what its verification requests must carry, null if none is set
  public record Access(
      List<Secret> secrets,
      @Nullable String apiKey,
      @Nullable String apiToken,
      @Nullable String urlKey,
      @Nullable String verifyToken) {
    public Access {
      secrets = List.copyOf(secrets);
    }

    /// What signatures may be made with now, newest first. Exotel does not say which of its secrets
    /// signs, so the API token stands in until a signing secret is set.
    public List<String> signingSecrets(Instant now) {
      List<String> active =
          secrets.stream().filter(it -> it.isActive(now)).map(Secret::value).toList();
      return active.isEmpty() && apiToken != null ? List.of(apiToken) : active;
    }

    @Override
    public String toString() {
      return "Access[" + secrets.size() + " secrets]";
    }
  }

  /// A signing secret; never printed.
  ///
  /// @param until when it ends, null for the current one
  public record Secret(String value, @Nullable Instant until) {

    boolean isActive(Instant now) {
      return until == null || until.isAfter(now);
    }

    @Override
    public String toString() {
      return "Secret[until " + until + "]";
    }
  }

  /// The rules by which requests are authenticated.
  ///
  /// @param modes each of them suffices; the first that passes is recorded
  /// @param addresses CIDRs for the modes that look at the sender's address
  public record Admission(List<AuthenticationMode> modes, List<String> addresses) {

    /// Signatures only.
    public static final Admission SIGNED =
        new Admission(List.of(AuthenticationMode.SIGNATURE), List.of());

    public Admission {
      modes = List.copyOf(modes);
      addresses = List.copyOf(addresses);
    }
  }
}
