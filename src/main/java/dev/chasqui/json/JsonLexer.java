package dev.chasqui.json;

import dev.chasqui.model.RecentTexts;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes under a [JsonScanner]: white space, strings, numbers, words.
final class JsonLexer {

  /// Eight bytes at once, the first one lowest.
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long SPACES = ONES * ' ';

  private final byte[] bytes;
  private final int base;
  private final int end;

  /// The index of the next byte in the array.
  int position;

  JsonLexer(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.base = from;
    this.end = end;
    this.position = hasByteOrderMark() ? from + 3 : from;
  }

  private boolean hasByteOrderMark() {
    return end - base >= 3
        && bytes[base] == (byte) 0xEF
        && bytes[base + 1] == (byte) 0xBB
        && bytes[base + 2] == (byte) 0xBF;
  }

  MalformedJsonException malformed(String reason) {
    return new MalformedJsonException(reason, position - base);
  }

  /// Moves to the next byte that is no white space and returns it.
  byte nonSpace() {
    while (position < end) {
      byte b = bytes[position];
      if (b > ' ' || (b != ' ' && b != '\n' && b != '\t' && b != '\r')) {
        return b;
      }
      position++;
    }
    throw malformed("the document ends early");
  }

  /// Passes over white space and this byte.
  void expect(byte wanted) {
    nonSpace();
    expectHere(wanted);
  }

  /// Passes over this byte.
  void expectHere(byte wanted) {
    if (position >= end || bytes[position] != wanted) {
      throw malformed("expected " + (char) wanted);
    }
    position++;
  }

  void end() {
    while (position < end) {
      byte b = bytes[position];
      if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
        throw malformed("something follows the document");
      }
      position++;
    }
  }

  /// Passes over a member's name and its colon.
  void name() {
    expect((byte) '"');
    stringBody();
    expect((byte) ':');
  }

  /// Passes over a value that is neither object nor array.
  void scalar(byte first) {
    switch (first) {
      case '"' -> {
        position++;
        stringBody();
      }
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      expectHere((byte) word.charAt(i));
    }
  }

  private void number() {
    if (here() == '-') {
      position++;
    }
    if (here() == '0') {
      position++;
    } else {
      digits();
    }
    if (here() == '.') {
      position++;
      digits();
    }
    if ((here() | 0x20) == 'e') {
      position++;
      if (here() == '+' || here() == '-') {
        position++;
      }
      digits();
    }
  }

  private void digits() {
    int from = position;
    while (here() >= '0' && here() <= '9') {
      position++;
    }
    if (position == from) {
      throw malformed("expected a digit");
    }
  }

  private int here() {
    return position < end ? bytes[position] : -1;
  }

  /// Passes over the rest of a string whose opening quote is behind, closing quote included.
  void stringBody() {
    int at = position;
    while (true) {
      at = plainUntil(at);
      position = at;
      if (at == end) {
        throw malformed("a string has no end");
      }
      byte b = bytes[at];
      if (b == '"') {
        position = at + 1;
        return;
      }
      at = special(b);
    }
  }

  /// The index of the first byte that does not simply stand for itself: a quote, a backslash, a
  /// control character, a part of a character of several bytes; or the end.
  private int plainUntil(int from) {
    int at = from;
    while (at + Long.BYTES <= end) {
      long marks = marks((long) LONGS.get(bytes, at));
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && isPlain(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /// Marks, by their highest bits, the bytes of a word that do not stand for themselves. A borrow
  /// can mark bytes wrongly, but only above one that is marked rightly: the lowest mark is exact.
  private static long marks(long word) {
    long controls = word - SPACES;
    long quotes = (word ^ ONES * '"') - ONES;
    long backslashes = (word ^ ONES * '\\') - ONES;
    return (controls | quotes | backslashes | word) & ONES << 7;
  }

  /// Passes over an escape or a character of several bytes.
  ///
  /// @return the index behind it
  private int special(byte b) {
    if (b == '\\') {
      return escape();
    }
    if (b < 0) {
      int length = Utf8.length(bytes, position, end);
      if (length == 0) {
        throw malformed("not UTF-8");
      }
      return position + length;
    }
    throw malformed("a control character in a string");
  }

  private int escape() {
    byte kind = position + 1 < end ? bytes[position + 1] : 0;
    return switch (kind) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> position + 2;
      case 'u' -> unicodeEscape();
      default -> throw malformed("no such escape");
    };
  }

  private int unicodeEscape() {
    for (int i = position + 2; i < position + 6; i++) {
      if (i >= end || Character.digit(bytes[i], 16) < 0) {
        throw malformed("not four hexadecimal digits");
      }
    }
    return position + 6;
  }

  boolean matches(int from, int to, JsonName name) {
    byte[] wanted = name.bytes;
    if (to - from == wanted.length) {
      return Arrays.equals(bytes, from, to, wanted, 0, wanted.length);
    }
    // A longer spelling can only be the same name if it holds escapes.
    return to - from > wanted.length && isEscaped(from, to) && decode(from, to).equals(name.text);
  }

  /// The text between two indexes that were passed over as the inside of a string, or as a number.
  String decode(int from, int to) {
    if (!isEscaped(from, to)) {
      return RecentTexts.decode(bytes, from, to);
    }
    StringBuilder text = new StringBuilder(to - from);
    int plainFrom = from;
    for (int i = from; i < to; ) {
      if (bytes[i] != '\\') {
        i++;
        continue;
      }
      text.append(new String(bytes, plainFrom, i - plainFrom, StandardCharsets.UTF_8));
      text.append(unescaped(i + 1));
      i += bytes[i + 1] == 'u' ? 6 : 2;
      plainFrom = i;
    }
    return text.append(new String(bytes, plainFrom, to - plainFrom, StandardCharsets.UTF_8))
        .toString();
  }

  private boolean isEscaped(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private char unescaped(int at) {
    return switch (bytes[at]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = 0;
        for (int i = at + 1; i < at + 5; i++) {
          unit = unit << 4 | Character.digit(bytes[i], 16);
        }
        yield (char) unit;
      }
      default -> (char) bytes[at];
    };
  }
}
