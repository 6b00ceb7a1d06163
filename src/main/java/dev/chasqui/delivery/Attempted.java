package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The result of one attempt, or of finding that none can be made.
///
/// @param outcome the word for it
/// @param ending what it means for the endpoint's health
/// @param isInContactQueue whether others wait for its end
/// @param gone why the receiver is to be switched off, null if it is not
record Attempted(
    EndpointId endpoint,
    EventId event,
    Settlement settlement,
    Outcome outcome,
    DispatchState.Ending ending,
    boolean isInContactQueue,
    @Nullable String gone) {

  /// An end that says nothing of the endpoint.
  static Attempted untried(Work work, Settlement settlement, Outcome outcome) {
    return new Attempted(
        work.endpoint(),
        work.event(),
        settlement,
        outcome,
        DispatchState.Ending.UNTRIED,
        work.isInContactQueue(),
        null);
  }

  boolean wasSent() {
    return ending.millis() >= 0;
  }

  /// When the delivery is due again, empty if it is over.
  Optional<Instant> dueAgain() {
    return switch (settlement) {
      case Settlement.Retry retry -> Optional.of(retry.nextAt());
      case Settlement.Returned returned -> Optional.of(returned.dueAt());
      case Settlement.Delivered _, Settlement.Dead _, Settlement.Moved _ -> Optional.empty();
    };
  }

  /// Whether another delivery is at the head of its contact queue now.
  boolean passesTurn() {
    return isInContactQueue && dueAgain().isEmpty();
  }

  /// The same without what the receiver wrote.
  Attempted withoutTexts() {
    Settlement bare =
        switch (settlement) {
          case Settlement.Delivered s ->
              new Settlement.Delivered(s.id(), s.lease(), bare(s.attempt()));
          case Settlement.Retry s ->
              new Settlement.Retry(s.id(), s.lease(), bare(s.attempt()), s.nextAt(), s.isProbe());
          case Settlement.Dead s ->
              new Settlement.Dead(
                  s.id(), s.lease(), bareOrNull(s.attempt()), s.reason(), s.payload());
          case Settlement.Returned s -> s;
          case Settlement.Moved s -> s;
        };
    return new Attempted(endpoint, event, bare, outcome, ending, isInContactQueue, gone);
  }

  private static Attempt bare(Attempt full) {
    return new Attempt(full.at(), full.millis(), full.outcome(), full.status(), null, null);
  }

  private static @Nullable Attempt bareOrNull(@Nullable Attempt full) {
    return full == null ? null : bare(full);
  }
}
