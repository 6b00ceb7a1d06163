package dev.chasqui.app;

import dev.chasqui.messaging.SubmissionMemory;
import dev.chasqui.model.Sending;
import dev.chasqui.projection.Projection;
import dev.chasqui.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the store knows of earlier submissions: it follows the journal with the ledger writer.
final class LedgerSubmissions implements SubmissionMemory {

  private final Store store;
  private final Projection projection;

  LedgerSubmissions(Store store, Projection projection) {
    this.store = store;
    this.projection = projection;
  }

  @Override
  public Optional<Sending> byKey(String key, Instant since) {
    return store.submissions().byKey(key, since);
  }

  @Override
  public long knownUpTo() {
    return projection.neededFrom();
  }

  @Override
  public boolean awaitKnown(long position, Duration limit) throws InterruptedException {
    return projection.awaitProjected(position, limit) && projection.flushLedger(limit);
  }
}
