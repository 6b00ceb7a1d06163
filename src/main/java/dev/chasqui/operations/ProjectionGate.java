package dev.chasqui.operations;

import java.time.Duration;

/// Lets a reader wait until what was acknowledged can be read; `app` leads it to the projection.
public interface ProjectionGate {

  /// Waits until everything that was durable when it was called is projected.
  ///
  /// @return false if the limit passed first
  boolean awaitProjected(Duration limit) throws InterruptedException;

  /// Waits until everything whose deliveries have begun is written: whoever was sent something may
  /// ask for it.
  ///
  /// @return false if the limit passed first
  boolean awaitCommitted(Duration limit) throws InterruptedException;

  /// Applies what is projected to ledger and contacts, and returns when that is done.
  ///
  /// @return false if that took too long
  boolean flushLedger() throws InterruptedException;

  /// The age of the oldest fact that is not stored yet, zero if all are.
  Duration behind();
}
