package dev.chasqui.json;

import dev.chasqui.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes compact JSON as bytes, and can put raw JSON bytes in between, untouched. The caller keeps
/// to the grammar: this only sets the commas.
///
/// ```
/// new JsonWriter(256).beginObject().name("type").text("a").name("data").raw(bytes).endObject()
/// ```
public final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream out;

  /// Whether a comma is needed before the next name or element.
  private boolean behindValue;

  /// @param size how many bytes are expected
  public JsonWriter(int size) {
    out = new ByteArrayOutputStream(size);
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
    out.write(':');
    behindValue = false;
    return this;
  }

  /// A text, or `null`.
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
    out.write(json.array(), json.offset(), json.length());
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
        out.write(json.array(), json.offset() + from, i - from);
        from = i + 1;
      } else {
        isInText = b == '"';
      }
    }
    out.write(json.array(), json.offset() + from, json.length() - from);
    behindValue = true;
    return this;
  }

  /// A member with a text, left out if there is none.
  public JsonWriter member(String name, @Nullable String text) {
    return text == null ? this : name(name).text(text);
  }

  /// All that was written.
  public Bytes bytes() {
    return Bytes.of(out.toByteArray());
  }

  private JsonWriter open(char bracket) {
    separate();
    out.write(bracket);
    behindValue = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.write(bracket);
    behindValue = true;
    return this;
  }

  private JsonWriter ascii(String text) {
    separate();
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    behindValue = true;
    return this;
  }

  private void separate() {
    if (behindValue) {
      out.write(',');
    }
  }

  private void quoted(String text) {
    out.write('"');
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        out.write('\\');
        out.write(b);
      } else if (b >= 0 && b < ' ') {
        out.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[b >> 4], HEX[b & 15]});
      } else {
        out.write(b);
      }
    }
    out.write('"');
  }
}
