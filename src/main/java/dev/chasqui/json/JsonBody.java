package dev.chasqui.json;

import dev.chasqui.model.Bytes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Reads an object that a caller sent, and gathers what is wrong with it instead of stopping at the
/// first fault. Paths are dotted member names, as in `policy.deadline`; a member that is missing or
/// `null` is absent. At the end [#check()] throws if there was any problem; values read before that
/// are only to be used after it.
///
/// ```
/// JsonBody body = JsonBody.parse(bytes);
/// String name = body.required("name");
/// Optional<Duration> deadline = body.duration("policy.deadline");
/// body.check();
/// ```
public final class JsonBody {

  /// The reason for a required member that is not there.
  public static final String MISSING = "is missing";

  /// The beginning of the reason for a member that is not read.
  public static final String UNKNOWN = "is not known";

  private final JsonNode node;
  private final String path;
  private final List<JsonProblem> problems;

  private JsonBody(JsonNode node, String path, List<JsonProblem> problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /// Reads a body.
  ///
  /// @throws MalformedJsonException if it is no JSON
  /// @throws InvalidBodyException if it is no object
  public static JsonBody parse(Bytes bytes) {
    return of(Json.read(bytes));
  }

  /// A reader of a tree.
  ///
  /// @throws InvalidBodyException if it is no object
  public static JsonBody of(JsonNode node) {
    if (!node.isObject()) {
      throw new InvalidBodyException(List.of(new JsonProblem("", "must be an object")));
    }
    return new JsonBody(node, "", new ArrayList<>());
  }

  /// The tree that is read.
  public JsonNode node() {
    return node;
  }

  /// Whether there is a value at the path.
  public boolean has(String at) {
    return find(at).isPresent();
  }

  /// Whether there is a value or `null` at the path: whether a patch speaks of it.
  public boolean mentions(String at) {
    return !walk(at).isMissingNode();
  }

  /// The text of a member, empty if it is missing or of another type; the latter is a fault.
  public Optional<String> text(String at) {
    return read(at, "must be text", n -> n.isString() ? Optional.of(n.stringValue()) : no());
  }

  /// A text that must be there and not be blank; empty text stands in for it if it is not.
  public String required(String at) {
    Optional<String> text = text(at);
    boolean isMissing = text.isEmpty() && !has(at);
    if (isMissing || text.filter(String::isBlank).isPresent()) {
      problem(at, isMissing ? MISSING : "must not be empty");
    }
    return text.orElse("");
  }

  public Optional<Boolean> flag(String at) {
    return read(
        at, "must be true or false", n -> n.isBoolean() ? Optional.of(n.booleanValue()) : no());
  }

  public OptionalLong whole(String at) {
    Optional<Long> number =
        read(
            at,
            "must be a whole number",
            n -> n.isIntegralNumber() && n.canConvertToLong() ? Optional.of(n.longValue()) : no());
    return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  public OptionalDouble number(String at) {
    Optional<Double> number =
        read(at, "must be a number", n -> n.isNumber() ? Optional.of(n.doubleValue()) : no());
    return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  /// A duration in ISO form, as `PT5S`.
  public Optional<Duration> duration(String at) {
    return read(at, "must be a duration as PT5S", JsonBody::toDuration);
  }

  /// A time in ISO form, as `2026-01-01T00:00:00Z`.
  public Optional<Instant> instant(String at) {
    return read(at, "must be a time as 2026-01-01T00:00:00Z", JsonBody::toInstant);
  }

  /// A list of texts; empty if absent (see [#has]).
  public List<String> texts(String at) {
    return list(at, "must be text", n -> n.isString() ? Optional.of(n.stringValue()) : no());
  }

  /// A list of durations; empty if absent (see [#has]).
  public List<Duration> durations(String at) {
    return list(at, "must be a duration as PT5S", JsonBody::toDuration);
  }

  /// A list of objects, whose problems are gathered here; empty if absent.
  public List<JsonBody> objects(String at) {
    List<JsonBody> objects = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(at)) {
      String place = at + "[" + index++ + "]";
      if (element.isObject()) {
        objects.add(new JsonBody(element, full(place), problems));
      } else {
        problem(place, "must be an object");
      }
    }
    return objects;
  }

  /// An object inside, whose problems are gathered here.
  public Optional<JsonBody> object(String at) {
    return read(
        at,
        "must be an object",
        n -> n.isObject() ? Optional.of(new JsonBody(n, full(at), problems)) : no());
  }

  /// An object whose values are all texts; empty if absent.
  public Map<String, String> textMap(String at) {
    Map<String, String> map = new LinkedHashMap<>();
    object(at)
        .ifPresent(
            inner -> {
              for (Map.Entry<String, JsonNode> member : inner.node.properties()) {
                if (member.getValue().isString()) {
                  map.put(member.getKey(), member.getValue().stringValue());
                } else {
                  inner.problem(member.getKey(), "must be text");
                }
              }
            });
    return map;
  }

  /// Reports each member of this object that is not one of these.
  public void allowOnly(Set<String> names) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!names.contains(member.getKey())) {
        problem(member.getKey(), UNKNOWN + "; known are " + String.join(", ", sorted(names)));
      }
    }
  }

  private static Set<String> sorted(Set<String> names) {
    return new TreeSet<>(names);
  }

  /// Reports something that is wrong at a path.
  public void problem(String at, String reason) {
    JsonProblem problem = new JsonProblem(full(at), reason);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /// The problems found so far.
  public List<JsonProblem> problems() {
    return List.copyOf(problems);
  }

  /// @throws InvalidBodyException if there was any problem
  public void check() {
    if (!problems.isEmpty()) {
      throw new InvalidBodyException(problems);
    }
  }

  private String full(String at) {
    if (at.isEmpty() || path.isEmpty()) {
      return path + at;
    }
    return path + "." + at;
  }

  private JsonNode walk(String at) {
    JsonNode here = node;
    for (String name : at.split("\\.", -1)) {
      here = here.path(name);
    }
    return here;
  }

  private Optional<JsonNode> find(String at) {
    JsonNode found = walk(at);
    return found.isMissingNode() || found.isNull() ? Optional.empty() : Optional.of(found);
  }

  private <T> Optional<T> read(String at, String reason, Function<JsonNode, Optional<T>> convert) {
    Optional<JsonNode> found = find(at);
    Optional<T> value = found.flatMap(convert);
    if (found.isPresent() && value.isEmpty()) {
      problem(at, reason);
    }
    return value;
  }

  private <T> List<T> list(String at, String reason, Function<JsonNode, Optional<T>> convert) {
    List<T> values = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(at)) {
      Optional<T> value = convert.apply(element);
      if (value.isEmpty()) {
        problem(at + "[" + index + "]", reason);
      }
      value.ifPresent(values::add);
      index++;
    }
    return values;
  }

  private Iterable<JsonNode> elements(String at) {
    Optional<JsonNode> array = read(at, "must be a list", n -> n.isArray() ? Optional.of(n) : no());
    return array.map(JsonNode::values).orElse(List.of());
  }

  private static <T> Optional<T> no() {
    return Optional.empty();
  }

  private static Optional<Duration> toDuration(JsonNode node) {
    try {
      return node.isString() ? Optional.of(Duration.parse(node.stringValue())) : no();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> toInstant(JsonNode node) {
    try {
      return node.isString() ? Optional.of(Instant.parse(node.stringValue())) : no();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
