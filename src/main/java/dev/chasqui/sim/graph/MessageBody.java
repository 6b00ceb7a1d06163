package dev.chasqui.sim.graph;

import dev.chasqui.http.server.Query;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The parameters of a message as published client libraries send them: in the query, as a form or
/// as JSON; objects also as JSON text; ids also as numbers; the type of `interactive` in any case.
final class MessageBody {

  private static final Set<String> OF_THE_CALL =
      Set.of("access_token", "appsecret_proof", "method");
  private static final Set<String> TEXTS =
      Set.of("biz_opaque_callback_data", "messaging_product", "recipient", "to", "type");
  private static final Set<String> MEDIA = Set.of("audio", "document", "image", "sticker", "video");

  private MessageBody() {}

  /// @throws GraphRefusal if it is no object
  static JsonBody read(FakeGraphCall call) {
    ObjectNode all = Json.object();
    addPairs(all, call.query());
    boolean isForm = call.mediaType().startsWith("application/x-www-form-urlencoded");
    if (isForm && !call.body().toUtf8().startsWith("{")) {
      addPairs(all, new Query(call.body().toUtf8()));
    } else if (call.body().length() > 0 || all.isEmpty()) {
      MessageCheck.parse(call.body())
          .node()
          .properties()
          .forEach(e -> all.set(e.getKey(), e.getValue()));
    }
    all.propertyNames().stream().toList().forEach(name -> all.set(name, unwrapped(name, all)));
    MEDIA.forEach(type -> idAsText(all.path(type)));
    if (all.path("interactive") instanceof ObjectNode interactive) {
      String type = interactive.path("type").asString("");
      interactive.put("type", type.toLowerCase(Locale.ROOT));
      idsAsText(interactive.path("action"));
    }
    return JsonBody.of(all);
  }

  private static void addPairs(ObjectNode all, Query query) {
    for (String pair : query.raw().split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : decoded(pair.substring(0, equals));
      if (!name.isEmpty() && !OF_THE_CALL.contains(name)) {
        all.put(name, decoded(pair.substring(equals + 1)));
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode unwrapped(String name, ObjectNode all) {
    JsonNode value = all.path(name);
    String text = value.isString() ? value.stringValue("").strip() : "";
    boolean isDocument = !TEXTS.contains(name) && (text.startsWith("{") || text.startsWith("["));
    try {
      return isDocument ? Json.read(Bytes.utf8(text)) : value;
    } catch (MalformedJsonException _) {
      return value;
    }
  }

  private static void idsAsText(JsonNode action) {
    action.path("buttons").forEach(button -> idAsText(button.path("reply")));
    for (JsonNode section : action.path("sections")) {
      section.path("rows").forEach(MessageBody::idAsText);
    }
  }

  private static void idAsText(JsonNode holder) {
    if (holder instanceof ObjectNode object && object.path("id").isNumber()) {
      object.put("id", object.path("id").asString());
    }
  }
}
