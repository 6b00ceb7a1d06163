package dev.chasqui.store;

import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Contacts that went over to the fallback channel because WhatsApp kept failing to reach them. The
/// ledger writer writes a row with the contact in one transaction, and never a second one for the
/// same failure; who acts on it takes it, each step on its own.
public interface FallbackSwitches {

  /// The switches that a step has not taken yet, oldest first.
  List<Switched> waiting(Step step, int limit);

  /// Marks a switch as taken by a step, on disk before it returns. A step that must act at most
  /// once takes first and acts then; a step that must act at least once acts first.
  ///
  /// @return true for one caller only, however many try
  boolean take(Ulid id, Step step);

  /// A contact that went over.
  ///
  /// @param id begins with the time of the failure that reached the threshold
  /// @param contact its phone number
  /// @param phoneNumberId the number whose message failed, null if it is not known any more
  /// @param messageId the message that reached the threshold, null if it is not known any more
  record Switched(
      Ulid id,
      WorkspaceId workspace,
      String contact,
      @Nullable String phoneNumberId,
      @Nullable String messageId) {

    /// When the message failed.
    public Instant at() {
      return id.time();
    }
  }

  /// The two actions that a switch causes. Each is taken by itself.
  enum Step {
    /// Operators are told.
    ALERT,
    /// The message that reached the threshold is sent once more, over the fallback channel.
    RESEND
  }
}
