package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.dialect.meta.Submissions;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of one delivery in the on-premises shape; its members are in `docs/dialects/turn.md`.
/// All of it follows from the event, so each attempt has the same bytes.
final class TurnBody {

  /// What is written around the platform's JSON, roughly.
  private static final int FRAME_BYTES = 1_024;

  /// The id to write where the platform names no user.
  private static final String NOBODY = "unknown";

  private TurnBody() {}

  /// @throws IllegalArgumentException if Turn has no words for the item
  static Bytes write(EventItems event, Notification item, Outgoing.Identity identity) {
    Bytes raw = event.json(item);
    if (item instanceof Notification.Submitted && identity.exactPayload()) {
      return Submissions.exactPayload(raw);
    }
    JsonWriter json = new JsonWriter(raw.length() + FRAME_BYTES).beginObject();
    switch (item) {
      case Notification.Message message -> {
        contact(json, contactOf(event, message, message.from()), message.from());
        json.name("messages").beginArray();
        new TurnMessage(message, identity).write(json, RawObject.of(raw));
        json.endArray();
      }
      case Notification.Status status -> {
        Bytes contact = contactOf(event, status, status.recipient());
        if (contact != null) {
          contact(json, contact, status.recipient());
        }
        json.name("statuses").beginArray();
        TurnStatus.write(json, status, RawObject.of(raw), identity.receivedAt());
        json.endArray();
      }
      case Notification.Problem _ -> {
        json.name("errors");
        TurnErrors.write(json, List.of(raw));
      }
      case Notification.Submitted submitted -> TurnSubmission.write(json, submitted, raw, identity);
      case Notification.Echo _, Notification.Call _, Notification.Change _ ->
          throw new IllegalArgumentException("Turn has no words for the item " + item.path());
    }
    return json.endObject().bytes();
  }

  private static @Nullable Bytes contactOf(
      EventItems event, Notification beside, Participant user) {
    return user.isKnown() ? event.contactJson(beside, user) : null;
  }

  /// The user's own contact, completed by what the message says: receivers read `contacts[0].wa_id`
  /// and the name without asking whether there are any. Who has no name is called by number, as on
  /// a telephone.
  private static void contact(JsonWriter json, @Nullable Bytes contact, Participant user) {
    RawObject own = RawObject.of(contact);
    RawObject profile = own.object("profile");
    json.name("contacts").beginArray().beginObject().name("profile").beginObject();
    profile.members().forEach((name, value) -> json.name(name).compact(value));
    if (!profile.has("name")) {
      json.member("name", user.name() != null ? user.name() : user.id());
    }
    json.endObject();
    boolean isNumbered = isSaid(own, "wa_id");
    if (!isNumbered) {
      json.member("wa_id", idOf(user, null));
    }
    if (!own.has("user_id")) {
      json.member("user_id", user.userId());
    }
    for (Map.Entry<String, Bytes> member : own.members().entrySet()) {
      boolean isWritten = member.getKey().equals("wa_id") && !isNumbered;
      if (!isWritten && !member.getKey().equals("profile")) {
        json.name(member.getKey()).compact(member.getValue());
      }
    }
    json.endObject().endArray();
  }

  /// Whether the platform says something there, and not null or a blank text.
  private static boolean isSaid(RawObject object, String name) {
    String text = object.scalar(name);
    return text != null && !text.isBlank();
  }

  /// What stands wherever receivers of Turn's read a number: they take any text, and break where it
  /// is missing, null or blank. The number, or the user id where that is hidden.
  ///
  /// @param otherwise stands in where there is neither
  static String idOf(Participant user, @Nullable String otherwise) {
    String id = user.id() == null ? otherwise : user.id();
    return id == null ? NOBODY : id;
  }

  /// A time as a text of whole seconds, whatever the platform wrote.
  static void timestamp(JsonWriter json, @Nullable Instant at, Instant receivedAt) {
    Instant told = at == null ? receivedAt : at;
    json.member("timestamp", Long.toString(told.getEpochSecond()));
  }
}
