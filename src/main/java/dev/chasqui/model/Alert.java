package dev.chasqui.model;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something an operator should know of. It is raised once and resolved once. It holds ids of
/// endpoints and phone numbers, never a phone number, a name, a text or a secret; of a contact the
/// last digits at most.
///
/// @param workspace whose alert it is; what concerns the whole gateway is the default workspace's
/// @param subject what it is about: an endpoint's id, a phone number's id, a lane, a source
/// @param condition what is the matter, as a word of the kind's own list, for example `failing`
/// @param words what it says
/// @param resolution null while it is open
public record Alert(
    AlertId id,
    WorkspaceId workspace,
    Kind kind,
    String subject,
    String condition,
    Words words,
    @Nullable Resolution resolution) {

  /// When it was raised, as its id has it.
  public Instant raisedAt() {
    return id.ulid().time();
  }

  /// Whether it is not resolved yet.
  public boolean isOpen() {
    return resolution == null;
  }

  /// The same with other words.
  public Alert saying(Words other) {
    return new Alert(id, workspace, kind, subject, condition, other, resolution);
  }

  /// A copy of this alert that is resolved.
  ///
  /// @param how the reason, as operators read it
  public Alert resolved(Instant at, String how) {
    return new Alert(id, workspace, kind, subject, condition, words, new Resolution(at, how));
  }

  /// The text of an alert, and the figures behind it.
  ///
  /// @param summary one sentence for people
  /// @param details the figures behind it, for programs
  public record Words(Severity severity, String summary, Map<String, String> details) {
    public Words {
      details = Map.copyOf(details);
    }

    /// The details in the order of their names.
    public Map<String, String> sortedDetails() {
      return new TreeMap<>(details);
    }
  }

  /// How it ended.
  ///
  /// @param how one word: `over`, or `changed` where another alert about the same follows
  public record Resolution(Instant at, String how) {}

  public enum Severity {
    INFO("info"),
    WARNING("warning"),
    CRITICAL("critical");

    private final String wire;

    Severity(String wire) {
      this.wire = wire;
    }

    /// The word in the API.
    public String wire() {
      return wire;
    }

    /// @throws IllegalArgumentException if there is no such severity
    public static Severity ofWire(String wire) {
      for (Severity severity : values()) {
        if (severity.wire.equals(wire)) {
          return severity;
        }
      }
      throw new IllegalArgumentException("must be info, warning or critical");
    }
  }

  /// The conditions that raise an alert.
  public enum Kind {
    /// An endpoint is degraded, failing, paused or disabled.
    ENDPOINT_HEALTH("endpoint.health"),
    /// The oldest due delivery of a lane has waited for too long.
    LANE_OVERDUE("lane.overdue"),
    /// A phone number is silent that never was at this time of the week.
    NUMBER_SILENT("number.silent"),
    /// Many webhooks of a source have a bad signature.
    SIGNATURES_BAD("signatures.bad"),
    /// Deliveries to an endpoint have died.
    DEAD_LETTERS("dead.letters"),
    /// A source takes webhooks without any proof of who sent them.
    SOURCE_UNSIGNED("source.unsigned"),
    /// A contact went over to the fallback channel.
    CONTACT_SWITCHED("contact.switched"),
    /// Upstream does not take a workspace's access token.
    TOKEN_REFUSED("token.refused"),
    /// An endpoint answers with a 2xx that is no success by its policy.
    ENDPOINT_ANSWERS("endpoint.answers"),
    /// Webhooks come of an account that the application is not subscribed to.
    TRAFFIC_UNROUTED("traffic.unrouted"),
    /// The certificate that is shown to an endpoint ends soon, or has ended.
    CERTIFICATE_ENDS("certificate.ends"),
    /// What an endpoint is owed is kept in the store, since the journal let go of it.
    BACKLOG_HELD("backlog.held"),
    /// Something that operators set cannot be read or used; it is left out or switched off.
    RESOURCE_UNUSABLE("resource.unusable"),
    /// The disk, or what the journal may take of it, is full.
    DISK_FULL("disk.full");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    /// The word in the API and in the store.
    public String wire() {
      return wire;
    }

    /// @throws IllegalArgumentException if there is no such kind
    public static Kind ofWire(String wire) {
      for (Kind kind : values()) {
        if (kind.wire.equals(wire)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no such kind of alert: " + wire);
    }
  }
}
