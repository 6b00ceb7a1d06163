package dev.chasqui.api.operator;

import dev.chasqui.http.server.BodySink;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.operations.events.EventView;
import dev.chasqui.operations.shape.Output;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import org.jspecify.annotations.Nullable;

/// Writes what one reader of the tail is told. Each event bears a mark from which the reader can
/// resume; what was told once is not told again.
final class TailWriter {

  private final BodySink sink;
  private final TailFilter filter;
  private long toldUpTo = -1;

  TailWriter(BodySink sink, TailFilter filter) {
    this.sink = sink;
    this.filter = filter;
  }

  /// What stands up to there was told to the reader before.
  void resumeAt(TailMark mark) {
    toldUpTo = mark.position();
  }

  void write(TailItem item) throws InterruptedException {
    switch (item) {
      case TailItem.Event(EventRow row) ->
          event(new EventViews.EventView(row, 0), wanted -> row.items().stream().anyMatch(wanted));
      case TailItem.Delivery delivery -> delivery(delivery);
    }
  }

  /// An event; those that were told when the tail was resumed come once more as live ones.
  ///
  /// @param items all that is in it
  void event(EventViews.EventView view, TailFilter.Items items) throws InterruptedException {
    EventRow row = view.row();
    boolean isTold = row.position() <= toldUpTo;
    toldUpTo = Math.max(toldUpTo, row.position());
    if (filter.tells(row, items) && !isTold) {
      line(
          "id: " + TailMark.of(row) + "\nevent: event\n",
          new JsonAnswer().all(Output.of(EventView.of(view))));
    }
  }

  void delivery(TailItem.Delivery delivery) throws InterruptedException {
    if (!filter.tells(delivery.event(), delivery.endpoint().id())) {
      return;
    }
    Attempt attempt = delivery.attempt();
    JsonAnswer told =
        new JsonAnswer()
            .text("id", delivery.id())
            .text("eventId", delivery.event())
            .text("endpointId", delivery.endpoint().id())
            .add("endpoint", delivery.endpoint().identity().name())
            .add("state", delivery.state().wire())
            .add("outcome", attempt == null ? null : attempt.outcome())
            .add("status", attempt == null ? null : whole(attempt.status()))
            .add("error", attempt == null ? null : attempt.error())
            .time("at", attempt == null ? null : attempt.at())
            .add("millis", attempt == null ? null : (Long) attempt.millis())
            .time("nextAttemptAt", delivery.nextAttemptAt())
            .add("deadReason", delivery.deadReason());
    line("event: delivery\n", told);
  }

  /// So many things were missed.
  void gap(String reason, long missed) throws InterruptedException {
    gap(new JsonAnswer().add("reason", reason).add("missed", missed), null);
  }

  /// Something was missed, nobody knows how much.
  ///
  /// @param from the mark from which a tail tells it, null if none does
  void gap(String reason, @Nullable TailMark from) throws InterruptedException {
    gap(new JsonAnswer().add("reason", reason).nothing("missed"), from);
  }

  private void gap(JsonAnswer told, @Nullable TailMark from) throws InterruptedException {
    line("event: gap\n", told.add("resumeFrom", from == null ? null : from.toString()));
  }

  void comment(String text) throws InterruptedException {
    sink.write(Bytes.utf8(text));
  }

  private void line(String head, JsonAnswer data) throws InterruptedException {
    sink.write(Bytes.utf8(head + "data: " + Json.bytes(data.members()).toUtf8() + "\n\n"));
  }

  private static @Nullable Long whole(@Nullable Integer number) {
    return number == null ? null : (Long) number.longValue();
  }
}
