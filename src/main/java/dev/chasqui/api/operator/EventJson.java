package dev.chasqui.api.operator;

import dev.chasqui.model.JobId;
import dev.chasqui.model.Summary;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.EventView;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/// Writes events and what is in them.
final class EventJson {

  private EventJson() {}

  static JsonAnswer event(EventView view) {
    EventRow row = view.row();
    return new JsonAnswer()
        .text("id", row.id())
        .add("source", row.origin().source())
        .add("topic", row.summary().topic().wire())
        .add("deliveryId", row.origin().deliveryId())
        .add("signatureValid", row.origin().signatureValid())
        .add("bodyHash", HexFormat.of().formatHex(row.origin().bodyHash().toArray()))
        .time("receivedAt", row.id().ulid().time())
        .add("state", row.state().wire())
        .add("reason", Rejection.reason(row))
        .add("sightings", view.sightings())
        .add("summary", summary(row.summary()))
        .add("fields", row.summary().fields());
  }

  /// What only the detail tells of the row.
  static JsonAnswer detail(EventView view) {
    EventRow row = view.row();
    return event(view)
        .text("workspace", row.origin().workspace())
        .text("jobId", new JobId(row.id().ulid()))
        .add("phoneNumberIds", row.scope().phoneNumberIds().stream().sorted().toList())
        .add("wabaIds", row.scope().wabaIds().stream().sorted().toList());
  }

  /// The headers that came with the bytes. They hold what proves the sender, and are not for
  /// viewers.
  static JsonAnswer headers(JsonAnswer answer, OperatorCall call, RawEvents.Raw.Kept kept) {
    return call.mayReadContent()
        ? answer.list("headers", kept.headers(), EventJson::header)
        : answer.nothing("headers");
  }

  static JsonAnswer header(RawEvents.Raw.Header header) {
    return new JsonAnswer().add("name", header.name()).add("value", header.value());
  }

  private static ObjectNode summary(Summary summary) {
    return new JsonAnswer()
        .add("object", summary.object())
        .add("entries", summary.entries())
        .add("changeCount", summary.changeCount())
        .add("topic", summary.topic().wire())
        .add("messageCount", summary.messageCount())
        .add("statusCount", summary.statusCount())
        .members();
  }

  static JsonAnswer item(EventRow.Item item) {
    return new JsonAnswer()
        .add("path", item.path())
        .add("kind", item.kind())
        .add("word", item.word())
        .add("field", item.field())
        .add("itemId", item.itemId())
        .add("waId", item.waId())
        .add("verdict", item.verdict());
  }
}
