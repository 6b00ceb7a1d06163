package dev.chasqui.operations.events;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.Words;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event.
public record EventView(
    @Flat Webhook webhook,
    EventRow.State state,
    @Doc("Why it was rejected; null if it was not. Only one event alone tells no_secret.")
        @Words({"invalid_json", "invalid_payload", "invalid_signature", "no_secret"})
        @Nullable String reason,
    @Doc("How often the same webhook came in again.") int sightings,
    Counts summary,
    @Doc("The fields of its changes, each once.") List<String> fields) {

  /// What came in.
  public record Webhook(
      EventId id,
      @Doc(value = "Where it came in.", example = "whatsapp") String source,
      Topic topic,
      @Doc("The delivery id that its sender gave.") @Nullable String deliveryId,
      boolean signatureValid,
      @Doc("The SHA-256 of the body, in hexadecimal.") String bodyHash,
      Instant receivedAt) {

    static Webhook of(EventRow row) {
      return new Webhook(
          row.id(),
          row.origin().source(),
          row.summary().topic(),
          row.origin().deliveryId(),
          row.origin().signatureValid(),
          HexFormat.of().formatHex(row.origin().bodyHash().toArray()),
          row.id().ulid().time());
    }
  }

  /// What is in it.
  public record Counts(
      @Doc("The envelope's object; null if it has none.") @Nullable String object,
      int entries,
      int changeCount,
      Topic topic,
      int messageCount,
      int statusCount) {

    private static Counts of(Summary summary) {
      return new Counts(
          summary.object(),
          summary.entries(),
          summary.changeCount(),
          summary.topic(),
          summary.messageCount(),
          summary.statusCount());
    }
  }

  /// Tells an event as its row does.
  public static EventView of(EventViews.EventView view) {
    return of(view, Rejection.reason(view.row()));
  }

  static EventView of(EventViews.EventView view, @Nullable String reason) {
    EventRow row = view.row();
    return new EventView(
        Webhook.of(row),
        row.state(),
        reason,
        view.sightings(),
        Counts.of(row.summary()),
        row.summary().fields());
  }
}
