package dev.chasqui.store;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Sending;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages that clients submitted and that are remembered: those with an `Idempotency-Key`, and
/// those whose outcome is unknown. The ledger writer writes them ([LedgerStore.Part#SUBMISSIONS]).
///
/// If a status named a submission that is not known to be accepted, it is read as accepted, with
/// the status' message and without an answer.
public interface SubmissionStore {

  /// What a key stands for. Of several requests with it, the one that says most: an accepted one
  /// before an unknown one before a refused one, and of equals the newest.
  ///
  /// @param key as in [Sending.Idempotency#key()]
  /// @param since submissions before this are not looked at
  Optional<Sending> byKey(String key, Instant since);

  Optional<SubmissionView> find(WorkspaceId workspace, EventId submission);

  /// The submissions whose outcome is unknown, newest first. A bad cursor is an
  /// [IllegalArgumentException].
  Page<SubmissionView> unknown(WorkspaceId workspace, PageRequest page);

  /// A submission.
  ///
  /// @param toldBy the event whose status told that it was accepted, null if none had to
  record SubmissionView(String phoneNumberId, Sending sending, @Nullable EventId toldBy) {}
}
