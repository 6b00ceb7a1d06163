package dev.chasqui.settings;

import dev.chasqui.model.TextRule;
import dev.chasqui.model.Url;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a setting's text becomes a value.
///
/// @param form what to write, for the documentation and for error messages
public record Type<T>(String form, Parser<T> parser) {

  static final Type<String> TEXT = new Type<>("text", text -> text);
  static final Type<String> TOKEN =
      new Type<>("a token of visible ASCII characters", Type::parseToken);
  static final Type<Boolean> SWITCH = new Type<>("true or false", Type::parseSwitch);
  static final Type<Integer> NUMBER = new Type<>("a whole number", Type::parseNumber);
  static final Type<Long> SIZE = new Type<>("a size such as 512KiB or 64MiB", Type::parseSize);
  static final Type<Duration> DURATION =
      new Type<>("a duration such as 300us, 5ms, 30s, 12h, 30d or PT30S", Type::parseDuration);
  static final Type<Path> PATH = new Type<>("a path", Path::of);
  static final Type<URI> URL = new Type<>("an http or https URL", Type::parseUrl);
  static final Type<Address> ADDRESS = new Type<>("HOST:PORT, port 0 for a free one", Address::of);
  static final Type<List<String>> LIST = new Type<>("words with commas between", Type::parseList);

  private static final Pattern SIZE_FORM = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB|TiB)?");
  private static final Pattern DURATION_FORM = Pattern.compile("([0-9]{1,9})(us|ms|s|m|h|d)");

  /// Turns text into a value.
  @FunctionalInterface
  public interface Parser<T> {
    /// @throws RuntimeException if the text is not of the form
    T parse(String text);
  }

  /// A host and a port to listen on.
  public record Address(String host, int port) {
    static Address of(String text) {
      int colon = text.lastIndexOf(':');
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon < 1 || port < 0 || port > 65535) {
        throw new IllegalArgumentException("not an address");
      }
      String host = text.substring(0, colon);
      return new Address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    @Override
    public String toString() {
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
  }

  private static String parseToken(String text) {
    if (!text.isEmpty() && TextRule.tokenObjection(text).isPresent()) {
      throw new IllegalArgumentException("no token");
    }
    return text;
  }

  private static boolean parseSwitch(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static int parseNumber(String text) {
    int number = Integer.parseInt(text);
    if (number < 0) {
      throw new IllegalArgumentException("negative");
    }
    return number;
  }

  private static long parseSize(String text) {
    Matcher matcher = matched(SIZE_FORM, text);
    long unit =
        switch (matcher.group(2) == null ? "B" : matcher.group(2)) {
          case "B" -> 1L;
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 1L << 40;
        };
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }

  private static Duration parseDuration(String text) {
    if (text.startsWith("P")) {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        throw new IllegalArgumentException("negative");
      }
      return duration;
    }
    Matcher matcher = matched(DURATION_FORM, text);
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> Duration.ofNanos(count * 1_000);
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static URI parseUrl(String text) {
    URI url;
    try {
      url = Url.parse(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no URL", e);
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("no http or https URL");
    }
    return url;
  }

  private static List<String> parseList(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static Matcher matched(Pattern form, String text) {
    Matcher matcher = form.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not of the form");
    }
    return matcher;
  }
}
