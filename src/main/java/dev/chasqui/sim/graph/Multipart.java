package dev.chasqui.sim.graph;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a `multipart/form-data` body.
final class Multipart {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  /// Apache Camel does not close the quotes.
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"\r\n]*)");

  private static final Pattern FILE_NAME = Pattern.compile("[; ]filename=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type: *([^\r\n]+)");

  private Multipart() {}

  /// One field.
  ///
  /// @param fileName empty if it is no file
  /// @param mediaType empty if it is not said
  record Part(String fileName, String mediaType, Bytes content) {
    String text() {
      return content.toUtf8();
    }
  }

  /// The parts by name; of several with the same name, the last.
  ///
  /// @throws GraphRefusal if it is no such body
  static Map<String, Part> read(String contentType, Bytes body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
      throw GraphRefusal.of(100, "the body is not multipart/form-data");
    }
    // Latin-1 keeps each byte as one character, so that positions in the text are those in bytes.
    String text = new String(body.toArray(), StandardCharsets.ISO_8859_1);
    String delimiter = "--" + boundary.group(1);
    Map<String, Part> parts = new HashMap<>();
    int from = text.indexOf(delimiter);
    int to = from < 0 ? -1 : text.indexOf("\r\n" + delimiter, from);
    while (to >= 0) {
      add(parts, text.substring(from + delimiter.length(), to));
      from = to + 2;
      to = text.indexOf("\r\n" + delimiter, from);
    }
    return parts;
  }

  /// @param part from behind its delimiter's line to before the next one
  private static void add(Map<String, Part> parts, String part) {
    int end = part.indexOf("\r\n\r\n");
    Matcher name = NAME.matcher(part);
    if (end < 0 || !name.find() || name.start() > end) {
      throw GraphRefusal.of(100, "a part of the body has no name");
    }
    String head = part.substring(0, end);
    byte[] content = part.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    parts.put(
        name.group(1), new Part(first(FILE_NAME, head), first(TYPE, head), Bytes.of(content)));
  }

  private static String first(Pattern pattern, String head) {
    Matcher matcher = pattern.matcher(head);
    return matcher.find() ? matcher.group(1).strip() : "";
  }
}
