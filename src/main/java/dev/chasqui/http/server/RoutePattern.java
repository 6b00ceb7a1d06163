package dev.chasqui.http.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path pattern: `/w/{workspace}/webhooks`, `/{version:v[0-9]+}/{id:[0-9]+}`. A `{name}` takes
/// one whole segment that is not empty; behind a colon stands the regular expression that it must
/// match.
final class RoutePattern {

  private static final Pattern SEGMENT = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)(?::(.+))?}");

  private final String text;
  private final List<Segment> segments;

  private RoutePattern(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
  }

  /// @throws IllegalArgumentException if the text is no pattern
  static RoutePattern parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a pattern begins with a slash: " + text);
    }
    return new RoutePattern(text, Arrays.stream(split(text)).map(Segment::parse).toList());
  }

  static String[] split(String path) {
    return path.substring(1).split("/", -1);
  }

  boolean isLiteral() {
    return segments.stream().allMatch(segment -> segment.name == null);
  }

  int size() {
    return segments.size();
  }

  /// Lower is tried first: literal segments before constrained before free, from the left.
  int rank() {
    int rank = 0;
    for (Segment segment : segments) {
      rank = rank * 3 + segment.rank();
    }
    return rank;
  }

  /// The parameters if the path matches, otherwise null.
  @Nullable Map<String, String> match(String[] path) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < path.length; i++) {
      Segment segment = segments.get(i);
      if (segment.name == null) {
        if (!segment.literal.equals(path[i])) {
          return null;
        }
        continue;
      }
      String value = decode(path[i]);
      if (value == null || !segment.accepts(value)) {
        return null;
      }
      parameters.put(segment.name, value);
    }
    return parameters;
  }

  private static @Nullable String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return text;
  }

  /// The pattern as people read it: `/{version}/{id}`, without what a parameter must match.
  String readable() {
    StringBuilder path = new StringBuilder();
    for (Segment segment : segments) {
      path.append('/').append(segment.name == null ? segment.literal : "{" + segment.name + "}");
    }
    return path.toString();
  }

  private record Segment(String literal, @Nullable String name, @Nullable Pattern constraint) {

    static Segment parse(String text) {
      var matcher = SEGMENT.matcher(text);
      if (!matcher.matches()) {
        if (text.contains("{") || text.contains("}")) {
          throw new IllegalArgumentException("not a path segment: " + text);
        }
        return new Segment(text, null, null);
      }
      String expression = matcher.group(2);
      return new Segment(
          text, matcher.group(1), expression == null ? null : Pattern.compile(expression));
    }

    boolean accepts(String value) {
      return !value.isEmpty() && (constraint == null || constraint.matcher(value).matches());
    }

    int rank() {
      if (name == null) {
        return 0;
      }
      return constraint != null ? 1 : 2;
    }
  }
}
