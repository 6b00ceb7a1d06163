package dev.chasqui.api.graph;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `multipart/form-data` (RFC 7578). Values become JSON texts.
final class MultipartForm {

  static final String TYPE = "multipart/form-data";

  private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(\"[^\"]+\"|[^;\\s]+)");

  /// Some clients, Apache Camel among them, leave the quotes open.
  private static final Pattern NAME =
      Pattern.compile("(?i)[; ]name=(?:\"([^\"\r\n]*)\"?|([^;\\s]+))");

  private static final Pattern FILE = Pattern.compile("(?i)[; ]filename\\*?=");

  private MultipartForm() {}

  /// One part of a form.
  ///
  /// @param head its header lines
  /// @param from where it begins, with its delimiter
  /// @param to where the next one begins
  record Part(String head, String content, int from, int to) {

    /// @throws GraphException 100 if it has no name
    String name() {
      Matcher name = NAME.matcher(head);
      if (!name.find()) {
        throw GraphException.parameter("A part of the multipart body has no name");
      }
      String quoted = name.group(1);
      return quoted != null ? quoted : name.group(2);
    }

    boolean isFile() {
      return FILE.matcher(head).find();
    }

    /// Its content as JSON text. It is UTF-8, read as Latin-1 so far.
    Bytes value() {
      byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
      return UrlEncodedForm.text(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /// The delimiter of a form's parts.
  ///
  /// @throws GraphException 100 if the content type names none
  static String delimiter(@Nullable String contentType) {
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!boundary.find()) {
      throw GraphException.parameter("The Content-Type multipart/form-data names no boundary");
    }
    return "--" + unquoted(boundary.group(1));
  }

  /// The fields by name, in order of appearance.
  ///
  /// @throws GraphException 100 if it is no such form, or has a file
  static Map<String, Bytes> read(@Nullable String contentType, Bytes body) {
    String text = latin(body);
    String delimiter = delimiter(contentType);
    List<Part> parts = parts(text, delimiter);
    int end = parts.isEmpty() ? 0 : parts.getLast().to();
    if (text.indexOf(delimiter + "--", end) < 0) {
      throw GraphException.parameter("The multipart body does not end as its boundary says");
    }
    Map<String, Bytes> fields = new LinkedHashMap<>();
    for (Part part : parts) {
      if (part.isFile()) {
        throw GraphException.parameter("Param " + part.name() + " is a file, which is not taken");
      }
      UrlEncodedForm.put(fields, part.name(), part.value());
    }
    return fields;
  }

  /// The parts that are there whole, one after another from the beginning.
  ///
  /// @param text a character for each byte
  static List<Part> parts(String text, String delimiter) {
    List<Part> parts = new ArrayList<>();
    int from = text.indexOf(delimiter);
    while (from >= 0 && !text.startsWith(delimiter + "--", from)) {
      int headEnd = text.indexOf("\r\n\r\n", from);
      int next = headEnd < 0 ? -1 : text.indexOf("\r\n" + delimiter, headEnd + 2);
      if (next < 0) {
        return parts;
      }
      String head = text.substring(from + delimiter.length(), headEnd);
      String content = next < headEnd + 4 ? "" : text.substring(headEnd + 4, next);
      parts.add(new Part(head, content, from, next + 2));
      from = next + 2;
    }
    return parts;
  }

  /// Latin-1 keeps each byte as one character, so that positions in the text are those in bytes.
  static String latin(Bytes body) {
    return new String(body.array(), body.offset(), body.length(), StandardCharsets.ISO_8859_1);
  }

  private static String unquoted(String text) {
    boolean isQuoted = text.length() > 1 && text.startsWith("\"");
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }
}
