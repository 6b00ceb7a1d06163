package dev.chasqui.dialect;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How other senders than Meta write what Meta writes in one way only: phone numbers, times, ids.
public final class SourceText {

  private static final int MAX_DIGITS = 18;

  /// What is larger is in milliseconds, and microseconds what is a thousand times larger still.
  private static final long MAX_SECONDS = 99_999_999_999L;

  /// ISO-8601, with the offset in either of its spellings.
  private static final List<DateTimeFormatter> ISO =
      List.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME,
          DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]xx"));

  private SourceText() {}

  /// A phone number as Meta writes it: digits alone. What is no phone number stays as it is.
  public static @Nullable String digits(@Nullable String number) {
    if (number == null) {
      return null;
    }
    StringBuilder digits = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (" +-().".indexOf(c) < 0) {
        return number;
      }
    }
    return digits.isEmpty() ? number : digits.toString();
  }

  /// A time as Meta writes it: whole seconds since 1970, as text.
  ///
  /// @param text seconds, milliseconds or microseconds, also with a fraction, or ISO-8601
  /// @param otherwise stands in if the text is no time
  public static String seconds(@Nullable String text, Instant otherwise) {
    long seconds = text == null ? 0 : seconds(text.strip());
    return Long.toString(seconds > 0 ? seconds : otherwise.getEpochSecond());
  }

  /// The same time with its fraction of a second, null if the text is no time.
  public static @Nullable Instant instant(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (DateTimeFormatter form : ISO) {
      try {
        return OffsetDateTime.parse(text.strip(), form).toInstant();
      } catch (DateTimeException _) {
        // The next form may fit.
      }
    }
    long seconds = seconds(text.strip());
    return seconds > 0 ? Instant.ofEpochSecond(seconds) : null;
  }

  private static long seconds(String text) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    boolean isNumber = !whole.isEmpty() && whole.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber) {
      return iso(text);
    }
    if (whole.length() > MAX_DIGITS) {
      return 0;
    }
    long number = Long.parseLong(whole);
    while (number > MAX_SECONDS) {
      number /= 1_000;
    }
    return number;
  }

  private static long iso(String text) {
    for (DateTimeFormatter form : ISO) {
      try {
        return OffsetDateTime.parse(text, form).toEpochSecond();
      } catch (DateTimeException _) {
        // The next form may fit.
      }
    }
    return 0;
  }

  /// Writes a member that must be text: text as it is, a number with quotation marks around it;
  /// anything else, and nothing, is left out.
  public static void member(JsonWriter out, String name, @Nullable Bytes value) {
    if (value == null || !RawObject.isScalar(value)) {
      return;
    }
    out.name(name);
    if (value.at(0) == '"') {
      out.raw(value);
    } else {
      out.text(value.toUtf8());
    }
  }
}
