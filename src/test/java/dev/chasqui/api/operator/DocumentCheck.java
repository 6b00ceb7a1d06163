package dev.chasqui.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Holds answers against the OpenAPI document: each answer of a described call has a described
/// status, and its body fits the schema.
final class DocumentCheck {

  private final JsonNode document;

  DocumentCheck(JsonNode document) {
    this.document = document;
  }

  /// @param path with or without a query
  void answer(String method, String path, int status, String mediaType, JsonNode body) {
    JsonNode described = describedCall(method, path.split("\\?", 2)[0]);
    if (described.isMissingNode() || !described.has("operationId")) {
      return;
    }
    JsonNode responses = described.path("responses");
    JsonNode response =
        responses.has(Integer.toString(status))
            ? responses.path(Integer.toString(status))
            : responses.path("default");
    boolean isGood = status < 300;
    assertThat(!isGood || responses.has(Integer.toString(status)))
        .as("%s %s answers %d, the document does not", method, path, status)
        .isTrue();
    JsonNode schema = response.path("content").path(mediaType).path("schema");
    if (!schema.isMissingNode()) {
      List<String> faults = new ArrayList<>();
      check("", body, schema, faults);
      assertThat(faults).as("%s %s: %d %s", method, path, status, body).isEmpty();
    }
  }

  private JsonNode describedCall(String method, String path) {
    JsonNode best = document.path("none");
    for (var entry : document.path("paths").properties()) {
      String pattern = entry.getKey().replaceAll("\\{[A-Za-z]+}", "[^/]+");
      boolean isBetter = best.isMissingNode() || !entry.getKey().contains("{");
      if (Pattern.matches(pattern, path) && isBetter) {
        best = entry.getValue().path(method.toLowerCase(Locale.ROOT));
      }
    }
    return best;
  }

  private void check(String at, JsonNode value, JsonNode schema, List<String> faults) {
    if (schema.has("$ref")) {
      check(at, value, document.at(schema.path("$ref").stringValue().substring(1)), faults);
      return;
    }
    if (schema.has("anyOf")) {
      boolean fits = schema.path("anyOf").valueStream().anyMatch(it -> fits(value, it));
      note(faults, at, "is none of anyOf: " + value, fits);
      return;
    }
    note(faults, at, "is no " + schema.path("type") + ": " + value, isOfType(value, schema));
    if (schema.has("enum") && value.isString()) {
      boolean isKnown = schema.path("enum").valueStream().anyMatch(value::equals);
      note(faults, at, "is no word of the enum: " + value, isKnown);
    }
    if (value.isObject()) {
      members(at, value, schema, faults);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(at + "[" + i + "]", value.get(i), schema.path("items"), faults);
      }
    }
  }

  private void members(String at, JsonNode value, JsonNode schema, List<String> faults) {
    JsonNode properties = schema.path("properties");
    for (var member : value.properties()) {
      JsonNode inner = properties.path(member.getKey());
      JsonNode more = schema.path("additionalProperties");
      boolean isKnown = !inner.isMissingNode() || more.isObject() || !schema.has("properties");
      note(faults, at + "." + member.getKey(), "is not described", isKnown);
      check(
          at + "." + member.getKey(),
          member.getValue(),
          inner.isMissingNode() ? more : inner,
          faults);
    }
    schema
        .path("required")
        .forEach(name -> note(faults, at, "lacks " + name, value.has(name.stringValue())));
  }

  private boolean fits(JsonNode value, JsonNode schema) {
    List<String> faults = new ArrayList<>();
    check("", value, schema, faults);
    return faults.isEmpty();
  }

  private static boolean isOfType(JsonNode value, JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isMissingNode()
        || (type.isArray()
            ? type.valueStream().anyMatch(it -> is(value, it.stringValue()))
            : is(value, type.stringValue()));
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static void note(List<String> faults, String at, String fault, boolean isGood) {
    if (!isGood) {
      faults.add(at + " " + fault);
    }
  }
}
