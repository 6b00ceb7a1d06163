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

  static Answer event(EventView view) {
    EventRow row = view.row();
    return new Answer()
        .text("id", row.id())
        .add("source", row.door().source())
        .add("topic", row.summary().topic().wire())
        .add("deliveryId", row.door().deliveryId())
        .add("signatureValid", row.door().signatureValid())
        .add("bodyHash", HexFormat.of().formatHex(row.door().bodyHash().toArray()))
        .time("receivedAt", row.id().ulid().time())
        .add("state", row.state().wire())
        .add("reason", Rejection.reason(row))
        .add("sightings", view.sightings())
        .add("summary", summary(row.summary()))
        .add("fields", row.summary().fields());
  }

  /// What only the detail tells of the row.
  static Answer detail(EventView view) {
    EventRow row = view.row();
    return event(view)
        .text("workspace", row.door().workspace())
        .text("jobId", new JobId(row.id().ulid()))
        .add("phoneNumberIds", row.scope().phoneNumberIds().stream().sorted().toList())
        .add("wabaIds", row.scope().wabaIds().stream().sorted().toList());
  }

  /// The headers that came with the bytes. They hold what proves the sender, and are not for
  /// viewers.
  static Answer headers(Answer answer, Call call, RawEvents.Raw.Kept kept) {
    return call.mayReadContent()
        ? answer.list("headers", kept.headers(), EventJson::header)
        : answer.nothing("headers");
  }

  static Answer header(RawEvents.Raw.Header header) {
    return new Answer().add("name", header.name()).add("value", header.value());
  }

  private static ObjectNode summary(Summary summary) {
    return new Answer()
        .add("object", summary.object())
        .add("entries", summary.entries())
        .add("changeCount", summary.changeCount())
        .add("topic", summary.topic().wire())
        .add("messageCount", summary.messageCount())
        .add("statusCount", summary.statusCount())
        .members();
  }

  static Answer item(EventRow.Item item) {
    return new Answer()
        .add("path", item.path())
        .add("kind", item.kind())
        .add("word", item.word())
        .add("field", item.field())
        .add("itemId", item.itemId())
        .add("waId", item.waId())
        .add("verdict", item.verdict());
  }
}
