package dev.chasqui.operations.shape;

import dev.chasqui.json.JsonBody;
import dev.chasqui.model.TextRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The members of a body, read with the bounds of this interface. Whatever is wrong is noted and
/// reading goes on; a member that is absent, null or wrong reads as null or as its fallback. What
/// was never asked for is unknown, and [#finish()] notes it.
public final class Fields {

  private static final int MAX_DIGITS = 32;
  private static final int MAX_SECRET = 512;
  private static final int MAX_WORD = 200;

  private final JsonBody body;
  private final Set<String> known = new HashSet<>();

  public Fields(JsonBody body) {
    this.body = body;
  }

  /// A text of 1 to `max` characters that is as [TextRule] wants it.
  public @Nullable String text(String name, int max) {
    known.add(name);
    return body.text(name).filter(text -> isGood(name, text, max)).orElse(null);
  }

  /// A text that must be there; empty if it is wrong.
  public String requiredText(String name, int max) {
    if (!has(name)) {
      fault(name, "is required");
      return "";
    }
    String text = text(name, max);
    return text == null ? "" : text;
  }

  /// A secret of 1 to 512 characters; null if it is absent or wrong.
  public @Nullable String secret(String name) {
    String secret = text(name, MAX_SECRET);
    Optional<String> objection =
        secret == null ? Optional.empty() : TextRule.secretObjection(secret);
    objection.ifPresent(it -> fault(name, it));
    return objection.isPresent() ? null : secret;
  }

  /// A secret that must be there; empty if it is wrong.
  public String requiredSecret(String name) {
    if (!has(name)) {
      fault(name, "is required");
      return "";
    }
    String secret = secret(name);
    return secret == null ? "" : secret;
  }

  /// Certificates or a key in PEM: a text of several lines, null if it is absent or too long.
  public @Nullable String pem(String name, int max) {
    known.add(name);
    String text = body.text(name).orElse(null);
    if (text != null && (text.isBlank() || text.length() > max)) {
      fault(name, "must have 1 to " + max + " characters");
      return null;
    }
    return text;
  }

  /// An id of Meta's.
  public @Nullable String digits(String name) {
    String text = text(name, MAX_DIGITS);
    if (text != null && !isDigits(text)) {
      fault(name, "must be 1 to " + MAX_DIGITS + " digits");
    }
    return text;
  }

  /// Whether a text has the form of Meta's ids.
  public static boolean isDigits(String text) {
    boolean fits = !text.isEmpty() && text.length() <= MAX_DIGITS;
    return fits && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  public boolean flag(String name, boolean fallback) {
    known.add(name);
    return body.flag(name).orElse(fallback);
  }

  public double number(String name, double min, double max, double fallback) {
    known.add(name);
    OptionalDouble number = body.number(name);
    double value = number.orElse(fallback);
    if (number.isPresent() && !(value >= min && value <= max)) {
      fault(name, "must be from " + plain(min) + " to " + plain(max));
      return fallback;
    }
    return value;
  }

  public int count(String name, int min, int max, int fallback) {
    double value = number(name, min, max, fallback);
    if (value != Math.rint(value)) {
      fault(name, "must be a whole number");
      return fallback;
    }
    return (int) value;
  }

  /// Texts of a list, none if absent.
  public List<String> texts(String name, int maxSize, int maxLength) {
    known.add(name);
    List<String> texts = body.texts(name);
    if (texts.size() > maxSize) {
      fault(name, "must have at most " + maxSize + " items");
      return List.of();
    }
    for (int i = 0; i < texts.size(); i++) {
      var _ = isGood(name + "[" + i + "]", texts.get(i), maxLength);
    }
    return texts;
  }

  /// Distinct texts of a list, none if absent.
  public Set<String> words(String name, int maxSize, int maxLength) {
    return new LinkedHashSet<>(texts(name, maxSize, maxLength));
  }

  /// The members of an object inside; without any if absent or wrong.
  public Fields object(String name) {
    known.add(name);
    return body.object(name).map(Fields::new).orElseGet(Fields::none);
  }

  /// Objects of a list, none if absent; what is wrong with one is noted with its place.
  public List<Fields> objects(String name) {
    known.add(name);
    return body.objects(name).stream().map(Fields::new).toList();
  }

  /// The JSON value as it came, null if it is absent.
  public @Nullable JsonNode tree(String name) {
    known.add(name);
    return has(name) ? body.node().path(name) : null;
  }

  /// A text that must be one of a few words, null if it is absent or another.
  public @Nullable String word(String name, List<String> words) {
    String text = text(name, MAX_WORD);
    if (text != null && !words.contains(text)) {
      fault(name, "must be " + alternatives(words));
      return null;
    }
    return text;
  }

  /// Words as a person lists them: `a, b or c`.
  static String alternatives(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  /// Notes that a member must be there if it is not.
  void require(String name) {
    if (!has(name)) {
      fault(name, "is required");
    }
  }

  /// Whether anything is wrong with a member so far.
  public boolean isFaulty(String path) {
    return body.problems().stream().anyMatch(it -> it.path().equals(path));
  }

  /// Whether anything is wrong so far.
  public boolean isFaulty() {
    return !body.problems().isEmpty();
  }

  /// The names and texts of an object inside.
  public Map<String, String> textMap(String name) {
    known.add(name);
    return body.textMap(name);
  }

  public Duration duration(String name, Duration min, Duration max, Duration fallback) {
    known.add(name);
    Optional<Duration> value = body.duration(name);
    return value.filter(it -> isWithin(name, it, min, max)).orElse(fallback);
  }

  /// Durations of a list, none if absent.
  public List<Duration> durations(String name, int maxSize, Duration max) {
    known.add(name);
    List<Duration> durations = body.durations(name);
    if (durations.size() > maxSize) {
      fault(name, "must have at most " + maxSize + " items");
    }
    for (int i = 0; i < durations.size(); i++) {
      var _ = isWithin(name + "[" + i + "]", durations.get(i), Duration.ZERO, max);
    }
    return durations;
  }

  /// A text that a parser understands.
  public <T> @Nullable T parsed(String name, Function<String, T> parser) {
    String text = text(name, 200);
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      fault(name, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// Whether there is a value.
  public boolean has(String name) {
    known.add(name);
    return body.has(name);
  }

  /// Notes each of these members that is there without a value: where a member narrows what is
  /// done, one that a script left empty must not widen it.
  public void refuseNulls(String... names) {
    for (String name : names) {
      if (body.mentions(name) && !body.has(name)) {
        fault(name, "must not be null; leave it out");
      }
    }
  }

  public void fault(String name, String reason) {
    body.problem(name, reason);
  }

  /// Notes each member that nobody asked for.
  public void finish() {
    body.allowOnly(known);
  }

  /// Notes what is unknown and refuses the body if anything was wrong with it.
  ///
  /// @throws dev.chasqui.json.InvalidBodyException with all faults
  public void check() {
    finish();
    body.check();
  }

  private static Fields none() {
    return new Fields(JsonBody.of(dev.chasqui.json.Json.object()));
  }

  private boolean isGood(String path, String text, int max) {
    if (text.isEmpty() || text.length() > max) {
      fault(path, "must have 1 to " + max + " characters");
      return false;
    }
    Optional<String> objection = TextRule.objection(text);
    objection.ifPresent(it -> fault(path, it));
    return objection.isEmpty();
  }

  private boolean isWithin(String path, Duration value, Duration min, Duration max) {
    boolean within = value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    if (!within) {
      fault(path, "must be from " + min + " to " + max);
    }
    return within;
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
