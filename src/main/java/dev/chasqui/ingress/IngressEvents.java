package dev.chasqui.ingress;

import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;

/// Told what becomes of each webhook, for counters. Called on event loops and on the journal's
/// writer: must be quick and never throw.
public interface IngressEvents {

  /// Counts nothing.
  IngressEvents NONE = new IngressEvents() {};

  /// An event is durable and will be processed.
  default void accepted(String source, Topic topic) {}

  /// An event is durable and will not be processed.
  default void rejected(WorkspaceId workspace, String source, String reason) {}

  /// A byte-identical repeat was answered with the first one's ids.
  default void duplicate(String source) {}

  /// The guard answered 429.
  default void guarded(String source, Guarded why) {}

  /// The event could not be stored and was answered 503.
  default void unavailable(String source, String reason) {}

  /// A handshake was answered.
  default void handshake(String source, boolean verified) {}

  /// The limits on requests that fail verification.
  enum Guarded {
    /// Such requests of its address, or of all.
    REQUESTS,
    /// Bytes of such requests of its address, or of all.
    BYTES,
    /// Bytes of such requests in the journal.
    JOURNAL_SHARE,
    /// The disk has only what is kept for signed webhooks.
    DISK,
    /// Requests to paths that belong to no account or channel.
    UNKNOWN_PATH
  }
}
