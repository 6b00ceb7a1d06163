package dev.chasqui.api.graph;

import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of a call. As with Graph it makes no difference where they stand: the query, a
/// form, a multipart form and a JSON body are one set. An object or array in a form is JSON text.
///
/// Values are kept as the bytes that were written, so that what is passed on is not written anew.
final class GraphParameters {

  static final String TOKEN = "access_token";

  private static final String METHOD = "method";

  /// What Graph takes with every call, about the call and not for what it does. It is never handed
  /// on: a proof is made with the client's own token, which is not the one that goes upstream.
  private static final Set<String> OF_THE_CALL =
      Set.of(
          TOKEN,
          METHOD,
          "appsecret_proof",
          "appsecret_time",
          "date_format",
          "debug",
          "format",
          "include_headers",
          "locale",
          "pretty",
          "return_ssl_resources",
          "suppress_http_code");

  /// Members of a message that are text whatever they look like.
  private static final Set<String> TEXTS =
      Set.of("biz_opaque_callback_data", "messaging_product", "recipient", "to", "type");

  private final Map<String, Bytes> members;

  /// The JSON document that all of them came in, null if they came in any other way.
  private final @Nullable Bytes document;

  private GraphParameters(Map<String, Bytes> members, @Nullable Bytes document) {
    this.members = members;
    this.document = document;
  }

  /// The parameters of a request, in its query and in its body.
  ///
  /// @throws GraphException 100 if they cannot be read, or one is there twice and differs
  static GraphParameters of(Request request) {
    GraphParameters query = ofQuery(request.query());
    Bytes body = request.body();
    GraphParameters all =
        body.length() == 0
            ? query
            : query.and(ofBody(body, request.headers().first("Content-Type")));
    return all.withoutIdOf(request);
  }

  /// Meta's business SDKs name the node of the path once more in the parameter `id`.
  private GraphParameters withoutIdOf(Request request) {
    Bytes id = members.get("id");
    boolean isNode =
        id != null
            && RawObject.isScalar(id)
            && request.pathParameters().containsValue(new JsonScanner(id).scalar());
    if (!isNode) {
      return this;
    }
    Map<String, Bytes> others = new LinkedHashMap<>(members);
    others.remove("id");
    return new GraphParameters(others, document == null ? null : object(others));
  }

  private static Bytes object(Map<String, Bytes> members) {
    JsonWriter json = new JsonWriter(256).beginObject();
    members.forEach((name, value) -> json.name(name).raw(value));
    return json.endObject().bytes();
  }

  /// Those of a query alone.
  static GraphParameters ofQuery(Query query) {
    return ofFields(UrlEncodedForm.read(query.raw()));
  }

  /// Those of fields that were read, each a JSON text.
  static GraphParameters ofFields(Map<String, Bytes> fields) {
    return new GraphParameters(BracketNames.joined(fields), null);
  }

  /// Those of a body alone, by its content type.
  static GraphParameters ofBody(Bytes body, @Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith(MultipartForm.TYPE)) {
      return ofFields(MultipartForm.read(contentType, body));
    }
    // curl calls every body a form unless told otherwise.
    boolean isForm = type.startsWith(UrlEncodedForm.TYPE) && first(body) != '{';
    return isForm ? ofFields(UrlEncodedForm.read(body.toUtf8())) : json(body);
  }

  /// Those of a JSON object.
  ///
  /// @throws GraphException 100 if it is none
  static GraphParameters json(Bytes body) {
    Bytes document = checked(body);
    if (!RawObject.isObject(document)) {
      throw GraphException.parameter("The body must be a JSON object");
    }
    return new GraphParameters(RawObject.of(document).members(), document);
  }

  /// These and others.
  ///
  /// @throws GraphException 100 if one is in both and differs
  GraphParameters and(GraphParameters others) {
    if (members.isEmpty()) {
      return others;
    }
    Map<String, Bytes> all = new LinkedHashMap<>(members);
    others.members.forEach((name, value) -> UrlEncodedForm.put(all, name, value));
    boolean isAllOfOne = OF_THE_CALL.containsAll(members.keySet());
    return new GraphParameters(all, isAllOfOne ? others.document : null);
  }

  /// The method that is meant: `method` stands for it where a client can only post.
  ///
  /// @throws GraphException 100 if it is no method of Graph's
  String method(String sent) {
    String named = sent.equals("POST") || sent.equals("GET") ? text(METHOD) : null;
    if (named == null) {
      return sent;
    }
    String method = named.toUpperCase(Locale.ROOT);
    if (!Set.of("GET", "POST", "DELETE").contains(method)) {
      throw GraphException.parameter("Param method must be get, post or delete");
    }
    return method;
  }

  /// A text, null if absent. A number is the text that it is written with.
  ///
  /// @throws GraphException 100 if it is neither
  @Nullable String text(String name) {
    Bytes value = value(name);
    if (value == null) {
      return null;
    }
    String text = RawObject.isScalar(value) ? new JsonScanner(value).scalar() : null;
    if (text == null) {
      throw GraphException.parameter("Param " + name + " must be a string");
    }
    return text;
  }

  /// The parameters in an object inside.
  ///
  /// @throws GraphException 100 if it is no object
  Optional<GraphParameters> object(String name) {
    Bytes value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    Bytes object = unwrapped(name, value);
    if (!RawObject.isObject(object)) {
      throw GraphException.parameter("Param " + name + " must be an object");
    }
    return Optional.of(new GraphParameters(RawObject.of(object).members(), object));
  }

  /// A word as `true`, as it is written; null if absent.
  @Nullable String word(String name) {
    Bytes value = value(name);
    return value == null ? null : value.toUtf8().replace("\"", "");
  }

  /// The elements of a list, which may be JSON text; none if absent.
  ///
  /// @throws GraphException 100 if it is no list
  List<Bytes> list(String name) {
    Bytes value = value(name);
    if (value == null) {
      return List.of();
    }
    Bytes list = unwrapped(name, value);
    if (!RawObject.isArray(list)) {
      throw GraphException.parameter("Param " + name + " must be a list");
    }
    return RawObject.elements(list);
  }

  /// The parameters in each object of a list.
  ///
  /// @throws GraphException 100 if it is no list of objects
  List<GraphParameters> objects(String name) {
    List<GraphParameters> objects = new ArrayList<>();
    for (Bytes element : list(name)) {
      if (!RawObject.isObject(element)) {
        throw GraphException.parameter("Param " + name + " must be a list of objects");
      }
      objects.add(new GraphParameters(RawObject.of(element).members(), element));
    }
    return objects;
  }

  /// A list of texts, which may also be one text with commas; empty if absent.
  ///
  /// @throws GraphException 100 if it is neither
  List<String> texts(String name) {
    Bytes value = value(name);
    if (value == null) {
      return List.of();
    }
    Bytes list = value.at(0) == '"' && looksLike(value, '[') ? unwrapped(name, value) : value;
    List<String> texts = new ArrayList<>();
    if (RawObject.isArray(list)) {
      for (Bytes element : RawObject.elements(list)) {
        addText(texts, name, element);
      }
      return texts;
    }
    addText(texts, name, list);
    return List.of(texts.getFirst().split("\\s*,\\s*", -1)).stream()
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private static void addText(List<String> texts, String name, Bytes value) {
    String text = value.at(0) == '"' ? new JsonScanner(value).scalar() : null;
    if (text == null) {
      throw GraphException.parameter("Param " + name + " must be a list of names");
    }
    texts.add(text);
  }

  /// Whether a parameter is about the call and not for what it does.
  static boolean isOfTheCall(String name) {
    return OF_THE_CALL.contains(name);
  }

  /// Whether a parameter is there, also as `null` or empty text.
  boolean has(String name) {
    return members.containsKey(name);
  }

  /// Refuses what a call would pass over although it may mean something else.
  ///
  /// @throws GraphException 100 if there is a parameter that is not one of these
  void allowOnly(Set<String> names) {
    for (String name : members.keySet()) {
      if (!names.contains(name) && !OF_THE_CALL.contains(name)) {
        String known =
            names.isEmpty() ? "none" : String.join(", ", names.stream().sorted().toList());
        throw GraphException.parameter(
            "Param " + name + " is not known here; nothing was changed. This call takes: " + known);
      }
    }
  }

  /// All that is for what the call does as one JSON object: the posted document itself, byte for
  /// byte, if there is nothing else. What came in a form is an object where it is one.
  Bytes document() {
    if (document != null && members.keySet().stream().noneMatch(OF_THE_CALL::contains)) {
      return document;
    }
    JsonWriter json = new JsonWriter(1_024).beginObject();
    for (Map.Entry<String, Bytes> member : members.entrySet()) {
      if (!OF_THE_CALL.contains(member.getKey())) {
        json.name(member.getKey()).raw(handedOn(member.getKey(), member.getValue()));
      }
    }
    return json.endObject().bytes();
  }

  private Bytes handedOn(String name, Bytes value) {
    boolean isOfForm = document == null && !TEXTS.contains(name);
    boolean isNested = isOfForm && (looksLike(value, '{') || looksLike(value, '['));
    return isNested ? unwrapped(name, value) : value;
  }

  private @Nullable Bytes value(String name) {
    Bytes value = members.get(name);
    return value == null || value.at(0) == 'n' ? null : value;
  }

  /// What stands in a text that is JSON, or the value itself.
  private static Bytes unwrapped(String name, Bytes value) {
    if (value.at(0) != '"') {
      return value;
    }
    try {
      return checked(Bytes.utf8(String.valueOf(new JsonScanner(value).scalar())));
    } catch (GraphException e) {
      throw GraphException.parameter("Param " + name + " is not valid JSON");
    }
  }

  private static boolean looksLike(Bytes value, char first) {
    if (value.at(0) != '"') {
      return false;
    }
    String text = new JsonScanner(value).scalar();
    return text != null && text.stripLeading().startsWith(String.valueOf(first));
  }

  /// One document of JSON in UTF-8 without doubled names; commas at ends of lists are taken out.
  private static Bytes checked(Bytes json) {
    try {
      return strict(json);
    } catch (MalformedJsonException e) {
      try {
        return strict(TrailingCommas.removed(json));
      } catch (MalformedJsonException again) {
        throw GraphException.parameter("The body is not valid JSON");
      }
    }
  }

  private static Bytes strict(Bytes json) {
    Bytes document = RawObject.checked(json);
    var _ = Json.read(document);
    return document;
  }

  private static byte first(Bytes body) {
    int i = 0;
    while (i + 1 < body.length() && body.at(i) <= ' ') {
      i++;
    }
    return body.at(i);
  }

  /// A query as it goes upstream: without what is about the call itself.
  static String handedOn(Query query) {
    StringBuilder kept = new StringBuilder();
    UrlEncodedForm.readPairs(query.raw())
        .forEach(
            pair -> {
              if (!OF_THE_CALL.contains(pair.name())) {
                kept.append(kept.isEmpty() ? "" : "&").append(pair.encoded());
              }
            });
    return kept.toString();
  }

  /// Whether a field is asked for; all are if nothing is said.
  boolean wants(String field) {
    List<String> asked = texts("fields");
    return asked.isEmpty() || asked.stream().anyMatch(it -> it.equals(field));
  }
}
