package dev.chasqui.messaging;

import dev.chasqui.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a `template` of the on-premises API's older `hsm`, whose parameters are those of the
/// template's body:
///
/// `{"namespace","element_name","language":{"policy","code"},"localizable_params":[{"default"}]}`
final class HsmTemplate {

  static final String TYPE = "hsm";
  static final String TEMPLATE = "template";

  private static final int AMOUNT_SCALE = 1000;

  private HsmTemplate() {}

  static ObjectNode template(ObjectNode hsm) {
    ObjectNode template = Json.object();
    copy(hsm, "namespace", template, "namespace");
    copy(hsm, "element_name", template, "name");
    template.set("language", language(hsm.path("language")));
    JsonNode values = hsm.path("localizable_params");
    if (values.isArray() && !values.isEmpty()) {
      ObjectNode body = template.putArray("components").addObject();
      body.put("type", "body");
      ArrayNode parameters = body.putArray("parameters");
      values.forEach(value -> parameters.add(parameter(value)));
    }
    return template;
  }

  /// The language is an object, or in old requests its code alone.
  private static ObjectNode language(JsonNode language) {
    ObjectNode written = Json.object();
    written.put("policy", "deterministic");
    if (language.isObject()) {
      copy(language, "code", written, "code");
    } else if (language.isString()) {
      written.put("code", language.stringValue());
    }
    return written;
  }

  private static ObjectNode parameter(JsonNode value) {
    ObjectNode parameter = Json.object();
    JsonNode fallback = value.path("default");
    if (value.path("currency").isObject()) {
      parameter.put("type", "currency");
      parameter.set("currency", currency(value.path("currency"), fallback));
    } else if (value.path("date_time").isObject()) {
      parameter.put("type", "date_time");
      ObjectNode time = parameter.putObject("date_time");
      time.set("fallback_value", fallback);
    } else {
      parameter.put("type", "text");
      parameter.set("text", fallback);
    }
    return parameter;
  }

  private static ObjectNode currency(JsonNode currency, JsonNode fallback) {
    ObjectNode written = Json.object();
    written.set("fallback_value", fallback);
    copy(currency, "currency_code", written, "code");
    if (currency.path("amount_1000").isNumber()) {
      copy(currency, "amount_1000", written, "amount_1000");
    } else if (currency.path("amount").isNumber()) {
      written.put("amount_1000", currency.path("amount").asLong() * AMOUNT_SCALE);
    }
    return written;
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String as) {
    JsonNode value = from.path(name);
    if (!value.isMissingNode()) {
      to.set(as, value);
    }
  }
}
