package dev.chasqui.messaging;

import dev.chasqui.journal.Journal;
import dev.chasqui.model.IdSource;
import java.time.Clock;
import java.util.function.LongSupplier;

/// What sending stands on.
///
/// @param journal where each message is written down
/// @param upstream the platform's interface
/// @param fallback the other way
/// @param numbers what is known of the business numbers
/// @param memory what was submitted before
/// @param events told what happens
/// @param timing the clock, its ticker and the ids made of it
public record MessagingPorts(
    Journal journal,
    Upstream upstream,
    Fallback fallback,
    SenderNumbers numbers,
    SubmissionMemory memory,
    MessagingEvents events,
    Timing timing) {

  /// The fallback channel, and the choice of the contacts that are reached over it.
  public record Fallback(FallbackBridge bridge, ContactVia routes) {

    /// There is none.
    public static final Fallback NONE = new Fallback(FallbackBridge.NONE, ContactVia.WHATSAPP);
  }

  /// The clocks and ids.
  ///
  /// @param ticker the system's monotonic time in nanoseconds
  public record Timing(Clock clock, LongSupplier ticker, IdSource ids) {}

  FallbackBridge bridge() {
    return fallback.bridge();
  }

  ContactVia routes() {
    return fallback.routes();
  }

  Clock clock() {
    return timing.clock();
  }

  LongSupplier ticker() {
    return timing.ticker();
  }

  IdSource ids() {
    return timing.ids();
  }
}
