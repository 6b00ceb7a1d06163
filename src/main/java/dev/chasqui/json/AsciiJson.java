package dev.chasqui.json;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;

/// JSON in the bytes that Meta writes: ASCII alone, in texts `\u00f1` for `ñ` (lower-case digits, a
/// pair of them beyond the first 65,536 characters) and `\/` for `/`. Receivers exist that escape
/// what they got in this way before they check its signature.
public final class AsciiJson {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] out;
  private int length;

  private AsciiJson(int size) {
    out = new byte[size];
  }

  /// The same document.
  ///
  /// @param json well-formed; what is no UTF-8 in it becomes the replacement character
  public static Bytes of(Bytes json) {
    int more = 0;
    boolean isForeign = false;
    for (int i = 0; i < json.length(); i++) {
      byte b = json.at(i);
      isForeign |= b < 0;
      more += b == '/' ? 1 : 0;
    }
    if (more == 0 && !isForeign) {
      return json;
    }
    String text = json.toUtf8();
    // A character becomes six bytes at most.
    int size = isForeign ? Math.multiplyExact(text.length(), 6) : json.length() + more;
    return new AsciiJson(size).write(text);
  }

  private Bytes write(String text) {
    boolean isInText = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && isInText) {
        put(c);
        i++;
        put(text.charAt(i));
      } else if (c == '/' && isInText) {
        put('\\');
        put(c);
      } else if (c > 0x7E) {
        escape(c);
      } else {
        isInText ^= c == '"';
        put(c);
      }
    }
    return Bytes.of(out, 0, length);
  }

  private void escape(char c) {
    put('\\');
    put('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(HEX[(c >> shift) & 0xF]);
    }
  }

  private void put(int b) {
    out[length++] = (byte) b;
  }
}
