package dev.chasqui.dialect.standard;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Notification.Fault;
import dev.chasqui.model.Notification.Origin;
import dev.chasqui.model.Participant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The body of one delivery; its members are in `docs/dialects/standard.md`.
final class StandardBody {

  /// What the members add to the platform's JSON, roughly.
  private static final int FRAME_BYTES = 768;

  private final EventItems event;
  private final Outgoing.Identity identity;

  StandardBody(EventItems event, Outgoing.Identity identity) {
    this.event = event;
    this.identity = identity;
  }

  Bytes write(Notification notification) {
    Bytes raw = event.json(notification);
    Instant at = at(notification);
    JsonWriter json = new JsonWriter(raw.length() + FRAME_BYTES);
    json.beginObject()
        .member("type", type(notification))
        .member("timestamp", (at == null ? identity.receivedAt() : at).toString())
        .name("data")
        .beginObject();
    origin(json, notification);
    details(json, notification);
    json.name("raw").raw(raw).endObject().endObject();
    return json.bytes();
  }

  static String type(Notification notification) {
    return switch (notification) {
      case Notification.Message _ -> "message.received";
      case Notification.Echo _ -> "message.sent";
      case Notification.Status _ -> "message.status";
      case Notification.Call _ -> "call.event";
      case Notification.Submitted _ -> "message.submitted";
      case Notification.Problem _, Notification.Change _ -> "change.received";
    };
  }

  private static @Nullable Instant at(Notification notification) {
    return switch (notification) {
      case Notification.Message message -> message.at();
      case Notification.Echo echo -> echo.at();
      case Notification.Status status -> status.report().at();
      case Notification.Submitted submitted -> submitted.at();
      case Notification.Call call -> call.at();
      case Notification.Problem problem -> problem.at();
      case Notification.Change change -> change.at();
    };
  }

  private void origin(JsonWriter json, Notification notification) {
    Origin origin = notification.origin();
    json.member("eventId", identity.event().toString())
        .member("path", notification.path().toString())
        .member("workspace", identity.workspace().value())
        .member("field", origin.field())
        .member("wabaId", origin.wabaId())
        .member("phoneNumberId", origin.phoneNumberId())
        .member("displayPhoneNumber", origin.displayPhoneNumber());
    if (origin.isFallback()) {
      json.member("channel", origin.via().wire());
    }
  }

  private static void details(JsonWriter json, Notification notification) {
    switch (notification) {
      case Notification.Message message -> {
        json.member("messageId", message.wamid()).member("messageType", message.type());
        contact(json, message.from());
      }
      case Notification.Echo echo -> {
        json.member("messageId", echo.wamid()).member("messageType", echo.type());
        contact(json, echo.to());
      }
      case Notification.Status status -> {
        json.member("messageId", status.wamid()).member("status", status.status());
        json.member("participant", status.participant());
        contact(json, status.recipient());
        faults(json, status);
      }
      case Notification.Call call -> {
        json.member("callId", call.callId()).member("event", call.event());
        contact(json, call.with());
      }
      case Notification.Submitted _, Notification.Problem _, Notification.Change _ -> {}
    }
  }

  private static void contact(JsonWriter json, Participant participant) {
    if (participant.isKnown()) {
      json.name("contact")
          .beginObject()
          .member("waId", participant.waId())
          .member("userId", participant.userId())
          .member("name", participant.name())
          .endObject();
    }
  }

  private static void faults(JsonWriter json, Notification.Status status) {
    if (status.report().faults().isEmpty()) {
      return;
    }
    json.name("errors").beginArray();
    for (Fault fault : status.report().faults()) {
      json.beginObject().name("code").number(fault.code()).member("title", fault.title());
      json.endObject();
    }
    json.endArray();
  }
}
