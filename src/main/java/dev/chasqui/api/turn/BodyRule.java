package dev.chasqui.api.turn;

import dev.chasqui.json.JsonBody;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What some part of a message must be like. Rules report what is wrong to the body they look at,
/// under the path where it stands; members that no rule names are nobody's concern and are passed
/// on. Texts are measured in characters as people count them, not in UTF-16 units.
@FunctionalInterface
interface BodyRule {

  void check(JsonBody body);

  /// All of several rules.
  static BodyRule all(BodyRule... rules) {
    List<BodyRule> all = List.of(rules);
    return body -> all.forEach(rule -> rule.check(body));
  }

  /// A text that may be missing.
  static BodyRule text(String path, int max) {
    return body -> body.text(path).ifPresent(text -> limit(body, path, text, max));
  }

  /// A text that must be there and not be blank.
  static BodyRule needsText(String path, int max) {
    return body -> limit(body, path, body.required(path), max);
  }

  /// A text that is one of a few words.
  static BodyRule word(String path, Set<String> words) {
    return body ->
        body.text(path)
            .filter(text -> !words.contains(text))
            .ifPresent(_ -> body.problem(path, "must be one of " + sorted(words)));
  }

  /// A switch that may be missing.
  static BodyRule flag(String path) {
    return body -> {
      var _ = body.flag(path);
    };
  }

  /// At least one of two texts.
  static BodyRule needsEither(String path, String one, String other) {
    return body -> {
      JsonBody inner = body.object(path).orElse(null);
      if (inner == null) {
        need(body, path);
        return;
      }
      boolean hasOne = inner.text(one).filter(text -> !text.isBlank()).isPresent();
      boolean hasOther = inner.text(other).filter(text -> !text.isBlank()).isPresent();
      if (!hasOne && !hasOther) {
        body.problem(path, "must have " + one + " or " + other);
      }
    };
  }

  /// An object that must be there.
  static BodyRule needsObject(String path) {
    return body -> {
      if (body.object(path).isEmpty()) {
        need(body, path);
      }
    };
  }

  /// An object that may be missing; if it is there, a rule holds in it.
  static BodyRule within(String path, BodyRule rule) {
    return body -> body.object(path).ifPresent(rule::check);
  }

  /// A list of objects with so many elements, in each of which a rule holds.
  static BodyRule each(String path, int min, int max, BodyRule rule) {
    return body -> {
      List<JsonBody> elements = body.objects(path);
      if (!body.has(path) && min > 0) {
        need(body, path);
      } else if (elements.size() < min || elements.size() > max) {
        body.problem(path, "must have " + min + " to " + max + " elements");
      }
      elements.stream().limit(max).forEach(rule::check);
    };
  }

  /// A number, also as a text, that must be there and lie between two bounds.
  static BodyRule needsDegrees(String path, int bound) {
    return body -> {
      if (!body.has(path)) {
        need(body, path);
      } else if (degrees(body, path).filter(it -> Math.abs(it) <= bound).isEmpty()) {
        body.problem(path, "must be a number from -" + bound + " to " + bound);
      }
    };
  }

  private static Optional<Double> degrees(JsonBody body, String path) {
    JsonNode node = body.node();
    for (String name : path.split("\\.", -1)) {
      node = node.path(name);
    }
    if (node.isNumber()) {
      return Optional.of(node.doubleValue());
    }
    try {
      return Optional.of(Double.parseDouble(node.stringValue("")));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static void limit(JsonBody body, String path, String text, int max) {
    if (text.codePointCount(0, text.length()) > max) {
      body.problem(path, "must have at most " + max + " characters");
    }
  }

  private static void need(JsonBody body, String path) {
    if (!body.has(path)) {
      body.problem(path, JsonBody.MISSING);
    }
  }

  private static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }
}
