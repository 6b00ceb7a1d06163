package dev.chasqui.json;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes compact JSON as bytes, and can put raw JSON bytes in between, untouched. The caller keeps
/// to the grammar: this only sets the commas.
///
/// ```
/// new JsonWriter(256).beginObject().name("type").text("a").name("data").raw(bytes).endObject()
/// ```
public final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] array;
  private int length;

  /// Whether a comma is needed before the next name or element.
  private boolean behindValue;

  /// @param size how many bytes are expected
  public JsonWriter(int size) {
    array = new byte[Math.max(size, 16)];
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  public JsonWriter name(String name) {
    separate();
    quoted(name);
    put(':');
    behindValue = false;
    return this;
  }

  /// Writes a text, or `null` if there is none.
  public JsonWriter text(@Nullable String text) {
    if (text == null) {
      return ascii("null");
    }
    separate();
    quoted(text);
    behindValue = true;
    return this;
  }

  public JsonWriter number(long number) {
    return ascii(Long.toString(number));
  }

  public JsonWriter flag(boolean flag) {
    return ascii(flag ? "true" : "false");
  }

  /// A value that is JSON already, byte for byte.
  public JsonWriter raw(Bytes json) {
    separate();
    putRaw(json, 0, json.length());
    behindValue = true;
    return this;
  }

  /// A value that is JSON already, without the white space between its tokens: so it stands on one
  /// line.
  public JsonWriter compact(Bytes json) {
    separate();
    boolean isInText = false;
    int from = 0;
    for (int i = 0; i < json.length(); i++) {
      byte b = json.at(i);
      if (isInText) {
        i += b == '\\' ? 1 : 0;
        isInText = b != '"';
      } else if (b >= 0 && b <= ' ') {
        putRaw(json, from, i);
        from = i + 1;
      } else {
        isInText = b == '"';
      }
    }
    putRaw(json, from, json.length());
    behindValue = true;
    return this;
  }

  /// A member with a text, left out if there is none.
  public JsonWriter member(String name, @Nullable String text) {
    return text == null ? this : name(name).text(text);
  }

  /// All that was written; the writer is given up with it.
  public Bytes bytes() {
    return Bytes.of(array, 0, length);
  }

  private JsonWriter open(char bracket) {
    separate();
    put(bracket);
    behindValue = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    put(bracket);
    behindValue = true;
    return this;
  }

  private JsonWriter ascii(String text) {
    separate();
    putLatin(text);
    behindValue = true;
    return this;
  }

  private void separate() {
    if (behindValue) {
      put(',');
    }
  }

  private void quoted(String text) {
    if (isPlain(text)) {
      put('"');
      putLatin(text);
      put('"');
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(utf8.length + 2);
    put('"');
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        put('\\');
        put(b);
      } else if (b >= 0 && b < ' ') {
        putControl(b);
      } else {
        put(b);
      }
    }
    put('"');
  }

  /// Whether a text stands in JSON as it is, a byte for each character; nearly all do.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void putControl(byte b) {
    putLatin("\\u00");
    put(HEX[b >> 4]);
    put(HEX[b & 15]);
  }

  @SuppressWarnings("deprecation") // bytes of ASCII need no encoder
  private void putLatin(String text) {
    room(text.length());
    text.getBytes(0, text.length(), array, length);
    length += text.length();
  }

  private void putRaw(Bytes json, int from, int to) {
    room(to - from);
    System.arraycopy(json.array(), json.offset() + from, array, length, to - from);
    length += to - from;
  }

  private void put(int b) {
    room(1);
    array[length++] = (byte) b;
  }

  private void room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, array.length + (array.length >> 1)));
    }
  }
}
