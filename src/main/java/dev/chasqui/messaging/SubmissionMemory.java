package dev.chasqui.messaging;

import dev.chasqui.model.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What was submitted before, as far as it is in the store's ledger. `app` leads it there.
public interface SubmissionMemory {

  /// What an `Idempotency-Key` stands for; of several requests with it, the one that says most: an
  /// accepted one before an unknown one before a refused one.
  ///
  /// @param key as in [Sending.Idempotency#key()]
  /// @param since keys of earlier requests are forgotten
  Optional<Sending> byKey(String key, Instant since);

  /// The journal position before which everything can be found by [#byKey].
  long knownUpTo();

  /// Waits until everything before a journal position can be found.
  ///
  /// @return false if the limit passed first
  boolean awaitKnown(long position, Duration limit) throws InterruptedException;
}
