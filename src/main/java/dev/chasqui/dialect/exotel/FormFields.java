package dev.chasqui.dialect.exotel;

import dev.chasqui.model.Bytes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of a form, url-encoded or in parts.
final class FormFields {

  /// How many fields a form may have; over it the form is not read.
  static final int MAX_FIELDS = 1_000;

  private static final int MAX_BOUNDARY = 200;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;,\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "^content-disposition:[^\r\n]*[;\\s]name=(?:\"([^\"\r\n]*)\"?|([^;\\s]+))",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private FormFields() {}

  record Field(String name, String value) {}

  /// @return the fields in order, null if the body is no such form or has too many
  static @Nullable List<Field> urlEncoded(Bytes body) {
    String text = body.toUtf8();
    List<Field> fields = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('&', from);
      String pair = text.substring(from, end < 0 ? text.length() : end).strip();
      if (!pair.isEmpty() && !add(fields, pair)) {
        return null;
      }
      from = end < 0 ? text.length() + 1 : end + 1;
    }
    return fields;
  }

  private static boolean add(List<Field> fields, String pair) {
    int equals = pair.indexOf('=');
    try {
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      fields.add(new Field(name, equals < 0 ? "" : decode(pair.substring(equals + 1))));
    } catch (IllegalArgumentException _) {
      return false;
    }
    return fields.size() <= MAX_FIELDS;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// @param contentType names the boundary
  /// @return the fields in order, null if the body is no such form or has too many
  static @Nullable List<Field> multipart(Bytes body, String contentType) {
    Matcher found = BOUNDARY.matcher(contentType);
    if (!found.find()) {
      return null;
    }
    String boundary = found.group(1) == null ? found.group(2) : found.group(1);
    if (boundary.length() > MAX_BOUNDARY) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    String text = "\r\n" + body.toUtf8();
    String delimiter = "\r\n--" + boundary;
    int from = text.indexOf(delimiter);
    while (from >= 0) {
      int start = from + delimiter.length();
      int end = text.indexOf(delimiter, start);
      if (end < 0 || text.startsWith("--", start)) {
        break;
      }
      part(fields, text.substring(start, end));
      if (fields.size() > MAX_FIELDS) {
        return null;
      }
      from = end;
    }
    return fields;
  }

  /// A part without a name says nothing.
  private static void part(List<Field> fields, String part) {
    int body = part.indexOf("\r\n\r\n");
    if (body < 0) {
      return;
    }
    Matcher name = NAME.matcher(part.substring(0, body).strip());
    if (name.find()) {
      String found = name.group(1) == null ? name.group(2) : name.group(1);
      fields.add(new Field(found, part.substring(body + 4)));
    }
  }
}
