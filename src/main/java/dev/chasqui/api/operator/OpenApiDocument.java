package dev.chasqui.api.operator;

import dev.chasqui.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of the operations there are. It tells paths, methods, parameters and
/// the form of errors and lists; members of bodies are told in docs/admin-api.md.
final class OpenApiDocument {

  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");
  private static final String JSON = "application/json";

  private OpenApiDocument() {}

  static ObjectNode write(List<Operation> operations) {
    ObjectNode paths = Json.object();
    for (Operation operation : operations) {
      ObjectNode path = paths.withObjectProperty(operation.pattern());
      path.set(operation.method().toLowerCase(Locale.ROOT), operation(operation));
    }
    ObjectNode document = Json.object();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Chasqui: operator's interface");
    info.put("version", "1");
    document.set("paths", paths);
    document.set("components", components());
    document.putArray("security").addObject().putArray("bearer");
    return document;
  }

  private static ObjectNode operation(Operation operation) {
    ObjectNode written = Json.object();
    written.put("summary", operation.summary());
    written.set("parameters", parameters(operation));
    if (operation.hasBody()) {
      content(written.putObject("requestBody"), JSON).put("type", "object");
    }
    ObjectNode responses = written.putObject("responses");
    ObjectNode good = responses.putObject("2XX");
    good.put("description", "Done");
    if (operation.way() instanceof Operation.Way.Streamed) {
      content(good, "text/event-stream").put("type", "string");
    }
    ObjectNode bad = responses.putObject("default");
    bad.put("description", "Not done, and nothing was changed");
    content(bad, "application/problem+json").put("$ref", "#/components/schemas/Problem");
    return written;
  }

  private static ArrayNode parameters(Operation operation) {
    ArrayNode parameters = Json.array();
    Matcher names = PATH_PARAMETER.matcher(operation.pattern());
    while (names.find()) {
      parameter(parameters, names.group(1), "path").put("required", true);
    }
    operation.query().forEach(name -> parameter(parameters, name, "query"));
    parameter(parameters, "workspace", "query");
    return parameters;
  }

  private static ObjectNode parameter(ArrayNode parameters, String name, String place) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", name);
    parameter.put("in", place);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  /// The schema of a content of one media type.
  private static ObjectNode content(ObjectNode owner, String mediaType) {
    return owner.putObject("content").putObject(mediaType).putObject("schema");
  }

  private static ObjectNode components() {
    ObjectNode components = Json.object();
    ObjectNode bearer = components.putObject("securitySchemes").putObject("bearer");
    bearer.put("type", "http");
    bearer.put("scheme", "bearer");
    ObjectNode problem = components.putObject("schemas").putObject("Problem");
    problem.put("type", "object");
    ObjectNode members = problem.putObject("properties");
    List.of("type", "title", "detail")
        .forEach(name -> members.putObject(name).put("type", "string"));
    members.putObject("status").put("type", "integer");
    ObjectNode errors = members.putObject("errors");
    errors.put("type", "array");
    ObjectNode item = errors.putObject("items");
    item.put("type", "object");
    ObjectNode parts = item.putObject("properties");
    List.of("path", "reason").forEach(name -> parts.putObject(name).put("type", "string"));
    return components;
  }
}
