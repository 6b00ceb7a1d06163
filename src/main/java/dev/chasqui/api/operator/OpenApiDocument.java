package dev.chasqui.api.operator;

import dev.chasqui.json.Json;
import dev.chasqui.operations.Operation.Result;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Schemas;
import dev.chasqui.operations.shape.Schemas.Direction;
import dev.chasqui.operations.shape.Shape;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of the operator API, made from the same records that its requests are
/// read into and its answers written from.
final class OpenApiDocument {

  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private final Schemas schemas = new Schemas();

  private OpenApiDocument() {}

  static ObjectNode write(List<Served> served) {
    return new OpenApiDocument().document(served);
  }

  private ObjectNode document(List<Served> served) {
    ObjectNode document = Json.object();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Chasqui: operator API");
    info.put("version", "1");
    document.putArray("servers").addObject().put("url", "/");
    document.putArray("security").addObject().putArray("bearer");
    schemas.of(Problem.class, Direction.OUTPUT);
    ObjectNode paths = document.putObject("paths");
    for (Served each : served) {
      ObjectNode path = paths.withObjectProperty(each.pattern());
      path.set(each.method().toLowerCase(Locale.ROOT), operation(each));
    }
    ObjectNode components = document.putObject("components");
    ObjectNode bearer = components.putObject("securitySchemes").putObject("bearer");
    bearer.put("type", "http").put("scheme", "bearer");
    ObjectNode all = components.putObject("schemas");
    new TreeMap<>(schemas.named()).forEach(all::set);
    return document;
  }

  private ObjectNode operation(Served served) {
    ObjectNode written = Json.object();
    Bound bound = served.bound();
    written.put("summary", served.summary());
    if (bound != null) {
      String name = bound.operation().name();
      written.put("operationId", camel(name));
      written.putArray("tags").add(name.substring(0, name.indexOf('.')));
      written.put("x-permission", name);
    }
    written.set("parameters", parameters(served));
    if (bound != null) {
      body(written, bound);
    } else if (served.hasBody()) {
      content(written.putObject("requestBody"), JSON).put("type", "object");
    }
    written.set("responses", responses(served));
    return written;
  }

  private ObjectNode responses(Served served) {
    ObjectNode responses = Json.object();
    Bound bound = served.bound();
    if (bound == null) {
      ObjectNode good = responses.putObject("2XX");
      good.put("description", "Done");
      if (served.way() instanceof Served.Way.Streamed) {
        content(good, "text/event-stream").put("type", "string");
      }
    } else {
      ObjectNode good = responses.putObject(Integer.toString(bound.route().status()));
      good.put("description", "Done");
      answer(good, bound);
    }
    ObjectNode bad = responses.putObject("default");
    bad.put("description", "Not done, and nothing was changed");
    content(bad, PROBLEM).setAll(schemas.of(Problem.class, Direction.OUTPUT));
    return responses;
  }

  private void answer(ObjectNode good, Bound bound) {
    switch (bound.operation().result()) {
      case Result.One<?>(var type) ->
          content(good, JSON).setAll(schemas.of(type, Direction.OUTPUT));
      case Result.Written(var type) ->
          content(good, JSON).setAll(schemas.of(type, Direction.OUTPUT));
      case Result.Pages<?>(var item) -> page(content(good, JSON), item);
      case Result.Done _ -> {}
      case Result.Raw(String mediaType) -> content(good, mediaType);
    }
  }

  private void page(ObjectNode schema, Class<? extends Record> item) {
    schema.setAll(Schemas.object());
    ObjectNode members = schema.withObjectProperty("properties");
    ObjectNode data = members.putObject("data");
    data.put("type", "array");
    data.set("items", schemas.of(item, Direction.OUTPUT));
    members.putObject("nextCursor").putArray("type").add("string").add("null");
    schema.putArray("required").add("data").add("nextCursor");
  }

  private void body(ObjectNode written, Bound bound) {
    ObjectNode schema = Schemas.object();
    boolean isAny = false;
    for (Shape.Member member : bound.members()) {
      switch (bound.place(member)) {
        case BODY -> {
          schemas.add(schema, member, Direction.INPUT);
          isAny = true;
        }
        case WHOLE_BODY ->
            content(written.putObject("requestBody").put("required", true), JSON)
                .setAll(schemas.of(member.shape(), wholeBody(bound)));
        case PATH, QUERY, HEADER -> {}
      }
    }
    if (isAny) {
      schema.put("additionalProperties", false);
      String name = camel(bound.operation().name()) + "Body";
      ObjectNode body = written.putObject("requestBody");
      body.put("required", schema.has("required"));
      content(body, JSON).setAll(schemas.name(capital(name), schema));
    }
  }

  private static Direction wholeBody(Bound bound) {
    return bound.route().method().equals("PATCH") ? Direction.PATCH : Direction.INPUT;
  }

  private ArrayNode parameters(Served served) {
    ArrayNode parameters = Json.array();
    Bound bound = served.bound();
    if (bound == null) {
      Matcher names = PATH_PARAMETER.matcher(served.pattern());
      while (names.find()) {
        parameter(parameters, names.group(1), "path", null).put("required", true);
      }
      served.query().forEach(name -> parameter(parameters, name, "query", null));
    } else {
      bound.members().forEach(member -> parameter(parameters, member, bound.place(member)));
    }
    parameter(parameters, "workspace", "query", null);
    return parameters;
  }

  private void parameter(ArrayNode parameters, Shape.Member member, Bound.Place place) {
    switch (place) {
      case PATH -> parameter(parameters, member.name(), "path", member).put("required", true);
      case QUERY ->
          parameter(parameters, member.name(), "query", member)
              .put("required", Schemas.isRequired(member, Direction.INPUT));
      case HEADER -> parameter(parameters, String.valueOf(member.header()), "header", member);
      case BODY, WHOLE_BODY -> {}
    }
  }

  private ObjectNode parameter(
      ArrayNode parameters, String name, String place, Shape.@Nullable Member member) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", name);
    parameter.put("in", place);
    if (member == null) {
      parameter.putObject("schema").put("type", "string");
      return parameter;
    }
    Doc doc = member.doc();
    if (doc != null) {
      parameter.put("description", doc.value());
    }
    parameter.set("schema", schemas.of(member.shape(), Direction.INPUT));
    if (member.shape() instanceof Shape.ListOf) {
      parameter.put("style", "form").put("explode", false);
    }
    return parameter;
  }

  /// The schema of a content of one media type.
  private static ObjectNode content(ObjectNode owner, String mediaType) {
    return owner.putObject("content").putObject(mediaType).putObject("schema");
  }

  /// `tokens.create` as `tokensCreate`.
  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : List.of(name.split("[.-]"))) {
      camel.append(camel.isEmpty() ? part : capital(part));
    }
    return camel.toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
