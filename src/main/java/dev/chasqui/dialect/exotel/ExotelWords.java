package dev.chasqui.dialect.exotel;

import dev.chasqui.json.RawObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a report says of its message. Live reports differ from Exotel's pages: the words come
/// with and without the prefixes, in any case and with blanks around them, and beside numbers of no
/// known meaning. So a word counts before the number, a known number before an unknown word, and
/// only what says failure is one: clients send again what failed.
final class ExotelWords {

  static final String FAILED = "failed";

  private static final String UNKNOWN = "unknown";

  /// Before the word proper, in this order.
  private static final List<String> PREFIXES = List.of("EX_", "MESSAGE_");

  /// What the names of Exotel's failures have in them.
  private static final Pattern FAILURE =
      Pattern.compile(
          "FAIL|ERROR|UNDELIVER|REJECT|DENIED|BLOCK|RESTRICT|EXPIRED|INVALID|INCAPABLE|UNSUPPORTED"
              + "|MISSING|NOT_|TOO_|LIMIT|VIOLATION|COMPLIANCE|SECTION_COUNT|ROWS_COUNT"
              + "|PRODUCT_COUNT");

  /// 30004 to 30041 are failures in both versions of Exotel's page.
  private static final Pattern FAILURE_CODE = Pattern.compile("300(0[4-9]|[123][0-9]|4[01])");

  private ExotelWords() {}

  /// The status in Meta's words; a word that means nothing here stays as it is.
  static String status(RawObject item) {
    String detailed = item.scalar("exo_detailed_status");
    String word = item.scalar("status");
    return meaning(detailed)
        .or(() -> meaning(word))
        .or(() -> ofCode(item.scalar("exo_status_code")))
        .or(() -> item.list("errors").isEmpty() ? Optional.empty() : Optional.of(FAILED))
        .orElseGet(() -> told(word).or(() -> told(detailed)).orElse(UNKNOWN));
  }

  private static Optional<String> told(@Nullable String word) {
    return Optional.ofNullable(word).map(String::strip).filter(it -> !it.isEmpty());
  }

  private static Optional<String> meaning(@Nullable String word) {
    return told(word).map(ExotelWords::bare).flatMap(ExotelWords::ofWord);
  }

  private static String bare(String word) {
    String bare = word.toUpperCase(Locale.ROOT);
    for (String prefix : PREFIXES) {
      bare = bare.startsWith(prefix) ? bare.substring(prefix.length()) : bare;
    }
    return bare;
  }

  private static Optional<String> ofWord(String word) {
    return switch (word) {
      case "QUEUED", "ACCEPTED" -> Optional.of("accepted");
      case "SENT" -> Optional.of("sent");
      case "DELIVERED" -> Optional.of("delivered");
      case "SEEN", "READ" -> Optional.of("read");
      default -> FAILURE.matcher(word).find() ? Optional.of(FAILED) : Optional.empty();
    };
  }

  private static Optional<String> ofCode(@Nullable String code) {
    String number = told(code).orElse("");
    return switch (number) {
      case "30001" -> Optional.of("sent");
      case "30002" -> Optional.of("delivered");
      case "30003" -> Optional.of("read");
      default -> FAILURE_CODE.matcher(number).matches() ? Optional.of(FAILED) : Optional.empty();
    };
  }
}
