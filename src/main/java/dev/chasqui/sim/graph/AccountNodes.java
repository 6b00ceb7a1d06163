package dev.chasqui.sim.graph;

import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What clients read and set beside messages and callbacks: fields of accounts and numbers, message
/// templates, a number's profile, `debug_token`.
final class AccountNodes {

  private static final int MAX_TEMPLATES = 1_000;
  private static final long FIRST_TEMPLATE = 915_500_000_000_000L;

  private final List<Business> businesses;
  private final Map<String, ObjectNode> templates = new ConcurrentHashMap<>();
  private final Map<String, ObjectNode> profiles = new ConcurrentHashMap<>();
  private final AtomicLong lastTemplate = new AtomicLong(FIRST_TEMPLATE);

  AccountNodes(List<Business> businesses) {
    this.businesses = businesses;
    ObjectNode hello = Json.object().put("name", "hello_world").put("language", "en_US");
    add(hello.put("category", "UTILITY").put("status", "APPROVED"));
  }

  FakeGraphAnswer account(String wabaId) {
    return json(Json.object().put("name", "Simulated account").put("id", wabaId));
  }

  /// The fields of a number that were asked for; the usual ones if none were.
  FakeGraphAnswer number(FakeGraphCall call, Business business) {
    ObjectNode all = fields(business);
    List<String> wanted = Arrays.asList(call.parameter("fields").split(",", -1));
    if (!call.parameter("fields").isEmpty()) {
      all.propertyNames().stream()
          .toList()
          .forEach(name -> removeUnless(wanted.contains(name) || name.equals("id"), all, name));
    }
    return json(all);
  }

  private static void removeUnless(boolean isWanted, ObjectNode all, String name) {
    if (!isWanted) {
      all.remove(name);
    }
  }

  private static ObjectNode fields(Business business) {
    return Json.object()
        .put("verified_name", "Simulated business")
        .put("display_phone_number", "+" + business.displayPhoneNumber())
        .put("quality_rating", "GREEN")
        .put("id", business.phoneNumberId());
  }

  FakeGraphAnswer numbers(String wabaId) {
    ArrayNode data = Json.array();
    businesses.stream()
        .filter(it -> it.wabaId().equals(wabaId))
        .forEach(it -> data.add(fields(it)));
    return list(data);
  }

  /// Lists templates, makes one, deletes those of a name.
  FakeGraphAnswer templates(FakeGraphCall call) {
    return switch (call.method()) {
      case "GET" -> {
        ArrayNode data = Json.array();
        templates.values().forEach(data::add);
        yield list(data);
      }
      case "POST" -> made(call.body());
      case "DELETE" -> {
        String name = call.parameter("name");
        if (!templates.values().removeIf(it -> it.path("name").asString("").equals(name))) {
          throw GraphRefusal.of(100, "there is no template of this name");
        }
        yield FakeGraphAnswer.SUCCESS;
      }
      default -> throw GraphRefusal.of(100, "Unsupported request");
    };
  }

  private FakeGraphAnswer made(Bytes document) {
    JsonBody body = MessageCheck.parse(document);
    for (String name : List.of("name", "language", "category")) {
      if (body.required(name).isEmpty()) {
        throw GraphRefusal.of(100, name + " is missing");
      }
    }
    if (templates.size() >= MAX_TEMPLATES || !(body.node() instanceof ObjectNode template)) {
      throw GraphRefusal.of(100, "the simulator keeps no more templates");
    }
    ObjectNode added = add(template.deepCopy().put("status", "PENDING"));
    return json(
        Json.object()
            .put("id", added.path("id").asString())
            .put("status", "PENDING")
            .put("category", added.path("category").asString()));
  }

  private ObjectNode add(ObjectNode template) {
    String id = Long.toString(lastTemplate.incrementAndGet());
    templates.put(id, template.put("id", id));
    return template;
  }

  /// Tells or changes a number's profile.
  FakeGraphAnswer profile(FakeGraphCall call, Business business) {
    ObjectNode profile =
        profiles.computeIfAbsent(
            business.phoneNumberId(), _ -> Json.object().put("messaging_product", "whatsapp"));
    if (call.method().equals("GET")) {
      return list(Json.array().add(profile.deepCopy()));
    }
    MessageCheck.parse(call.body())
        .node()
        .properties()
        .forEach(it -> profile.set(it.getKey(), it.getValue()));
    return FakeGraphAnswer.SUCCESS;
  }

  /// The answer of `debug_token`: every token is valid.
  FakeGraphAnswer debugToken(String appId) {
    ObjectNode answer = Json.object();
    answer.putObject("data").put("app_id", appId).put("is_valid", true).put("type", "SYSTEM_USER");
    return json(answer);
  }

  private static FakeGraphAnswer list(ArrayNode data) {
    ObjectNode answer = Json.object();
    answer.set("data", data);
    return json(answer);
  }

  private static FakeGraphAnswer json(ObjectNode document) {
    return FakeGraphAnswer.json(200, Json.bytes(document));
  }
}
