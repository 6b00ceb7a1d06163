package dev.chasqui.operations;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.OmitNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A delivery with the dialect and lane of its endpoint as they are now.
@Doc("A delivery, or why an endpoint has none of an event.")
public record DeliveryView(
    @Flat Target target, @Flat Progress progress, @Flat Ending ending, @Flat Scope scope) {

  /// What goes where.
  public record Target(
      @Doc("Null if there is no delivery, since the endpoint's rules keep the event out.")
          @Nullable DeliveryId id,
      EventId eventId,
      EndpointId endpointId,
      @Doc("Null if the endpoint is gone.") @Nullable DialectName dialect,
      DeliveryState state,
      @Doc("The lane that the endpoint's deliveries wait in now.") Lane lane) {}

  /// What was tried.
  public record Progress(
      @Doc("Oldest first; the newest 20 are kept.") List<Attempt> attempts,
      @Doc("All attempts ever made.") int attemptCount,
      @Doc("Null if none is due.") @Nullable Instant nextAttemptAt) {

    /// Nothing.
    static final Progress NONE = new Progress(List.of(), 0, null);
  }

  /// One attempt.
  public record Attempt(
      Instant at,
      @Doc("How long it took, in milliseconds.") long millis,
      @Doc("The status of the HTTP answer; null if there was none.") @Nullable Integer status,
      @Doc(value = "One word for how it went.", example = "delivered") String outcome,
      @Doc("One line; null if it went well.") @Nullable String error,
      @Doc("The first 2 KiB of the answer; null without one, and for viewers.")
          @Nullable String responseBody) {}

  /// Why it is not delivered.
  public record Ending(
      @Doc("Why it is dead; null if it is not.") @Nullable String deadReason,
      @Doc("Which rules of the endpoint kept it out; null if none did.")
          @Nullable String filteredBy) {}

  /// What of the event it is about.
  public record Scope(
      @Doc("Paths of items, parted by commas; null for the whole event.") @Nullable String items,
      @Doc("True if there is no delivery, and the rules of now say why; else absent.") @OmitNull
          @Nullable Boolean computed) {}
}
