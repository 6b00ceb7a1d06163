package dev.chasqui.dialect.meta;

import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Succession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an envelope says of users whose ids have changed. It is told in two ways, and both are read
/// (Meta's pages contradict each other on which is in use): by messages of the type `system`
/// (`user_changed_number`, `user_changed_user_id`), and by the field `user_id_update`.
public final class Successions {

  private static final String FIELD = "user_id_update";

  private Successions() {}

  /// The changes, by the item that tells of them. Other items cost nothing.
  public static Map<ItemPath, List<Succession>> of(Envelope envelope, List<Notification> items) {
    Map<ItemPath, List<Succession>> found = Map.of();
    for (Notification item : items) {
      List<Succession> told =
          switch (item) {
            case Notification.Message message when message.type().equals("system") ->
                system(message, read(envelope, item).path("system"));
            case Notification.Change change when change.origin().field().equals(FIELD) ->
                updates(read(envelope, item).path(FIELD));
            case Notification _ -> List.<Succession>of();
          };
      if (!told.isEmpty()) {
        found = found.isEmpty() ? new HashMap<>() : found;
        found.put(item.path(), told);
      }
    }
    return found;
  }

  /// An item that is too deep to be read is left as it is: it is forwarded all the same.
  private static JsonNode read(Envelope envelope, Notification item) {
    try {
      return Json.read(envelope.valueRange(item.path()).of(envelope.body()));
    } catch (MalformedJsonException _) {
      return Json.object();
    }
  }

  private static List<Succession> system(Notification.Message message, JsonNode system) {
    String waId = number(system, "wa_id");
    Participant current =
        new Participant(
            waId == null ? number(system, "new_wa_id") : waId, text(system, "user_id"), null);
    return switch (system.path("type").asString("")) {
      case "user_changed_number", "user_changed_user_id" ->
          one(message.from(), current, message.at());
      default -> List.of();
    };
  }

  private static List<Succession> updates(JsonNode updates) {
    List<Succession> told = new ArrayList<>();
    for (JsonNode update : updates) {
      String waId = number(update, "wa_id");
      JsonNode ids = update.path("user_id");
      Participant former = new Participant(waId, text(ids, "previous"), null);
      Participant current = new Participant(waId, text(ids, "current"), null);
      told.addAll(one(former, current, PlatformNumbers.instant(text(update, "timestamp"))));
    }
    return told;
  }

  private static List<Succession> one(
      Participant former, Participant current, @Nullable Instant at) {
    boolean isChange = former.isKnown() && current.isKnown();
    return isChange ? List.of(new Succession(former, current, at)) : List.of();
  }

  private static @Nullable String text(JsonNode node, String member) {
    String text = node.path(member).asString("");
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String number(JsonNode node, String member) {
    return PlatformNumbers.phoneNumber(text(node, member));
  }
}
