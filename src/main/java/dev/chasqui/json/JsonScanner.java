package dev.chasqui.json;

import dev.chasqui.model.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A pull scanner over the raw bytes of one JSON document (RFC 8259), for readers that must know
/// where a value stands, byte by byte, and that look at few of the values.
///
/// All that is passed over is checked: grammar, escapes, UTF-8. Nothing is decoded unless asked
/// for. Positions count from the start of the given [Bytes]. A leading UTF-8 byte order mark is
/// passed over and counts; UTF-16 and UTF-32 are no JSON here, since their bytes cannot be cut.
///
/// Not for use by several threads. Every method throws [MalformedJsonException] where the bytes do
/// not fit; nothing else is ever thrown for what the bytes are.
///
/// ```
/// scanner.beginObject();
/// while (scanner.nextMember()) {
///   if (scanner.nameIs(ENTRY)) { … } else { scanner.skip(); }
/// }
/// ```
public final class JsonScanner {

  /// How deep values may nest. What is deeper is refused as malformed: no sender means it, and the
  /// receivers' parsers would fail on it.
  public static final int MAX_DEPTH = 1_000;

  /// The kinds of values, told by their first byte.
  public enum Kind {
    OBJECT,
    ARRAY,
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  private static final long[] NONE = new long[0];

  private final JsonLexer lexer;
  private final int base;

  /// Whether an object or array was begun and nothing of it read yet.
  private boolean fresh;

  private int nameFrom;
  private int nameTo;

  /// One bit for each open container: set for an object. As long as the depth so far needs.
  private long[] objects = NONE;

  public JsonScanner(Bytes document) {
    this.base = document.offset();
    this.lexer = new JsonLexer(document.array(), base, base + document.length());
  }

  /// A scanner over one value inside a document that was scanned before.
  public static JsonScanner of(Bytes document, Range value) {
    return new JsonScanner(value.of(document));
  }

  /// Where the next byte to be read is.
  public int position() {
    return lexer.position - base;
  }

  /// Moves to the first byte of the next value and tells its kind.
  public Kind peek() {
    byte first = lexer.nonSpace();
    return switch (first) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.TEXT;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      default -> {
        if (first != '-' && (first < '0' || first > '9')) {
          throw lexer.malformed("a value is missing");
        }
        yield Kind.NUMBER;
      }
    };
  }

  /// Goes into an object.
  public void beginObject() {
    lexer.expect((byte) '{');
    fresh = true;
  }

  /// Goes into an array.
  public void beginArray() {
    lexer.expect((byte) '[');
    fresh = true;
  }

  /// Moves to the next member's value.
  ///
  /// @return false if the object ended; the scanner is then behind it
  public boolean nextMember() {
    if (!next((byte) '}')) {
      return false;
    }
    lexer.expectHere((byte) '"');
    nameFrom = lexer.position;
    lexer.stringBody();
    nameTo = lexer.position - 1;
    lexer.expect((byte) ':');
    return true;
  }

  /// Moves to the next element.
  ///
  /// @return false if the array ended; the scanner is then behind it
  public boolean nextElement() {
    return next((byte) ']');
  }

  private boolean next(byte close) {
    byte here = lexer.nonSpace();
    boolean first = fresh;
    fresh = false;
    if (here == close) {
      lexer.position++;
      return false;
    }
    if (!first) {
      lexer.expectHere((byte) ',');
      lexer.nonSpace();
    }
    return true;
  }

  /// Whether the member moved to has this name.
  public boolean nameIs(JsonName name) {
    return lexer.matches(nameFrom, nameTo, name);
  }

  /// The name of the member moved to.
  public String name() {
    return lexer.decode(nameFrom, nameTo);
  }

  /// Passes over the next value.
  public void skip() {
    int depth = 0;
    while (true) {
      byte first = lexer.nonSpace();
      boolean opens = first == '{' || first == '[';
      if (opens && open(first, depth)) {
        depth++;
        continue;
      }
      if (!opens) {
        lexer.scalar(first);
      }
      while (depth > 0 && !another(depth)) {
        depth--;
      }
      if (depth == 0) {
        fresh = false;
        return;
      }
    }
  }

  /// Opens a container and moves to its first value.
  ///
  /// @return false if it is empty; the scanner is then behind it
  private boolean open(byte first, int depth) {
    boolean object = first == '{';
    lexer.position++;
    if (lexer.nonSpace() == (object ? '}' : ']')) {
      lexer.position++;
      return false;
    }
    push(depth, object);
    if (object) {
      lexer.name();
    }
    return true;
  }

  /// Moves to the next value of the innermost container.
  ///
  /// @return false if it ended; the scanner is then behind it
  private boolean another(int depth) {
    boolean object = isObject(depth - 1);
    if (lexer.nonSpace() == (object ? '}' : ']')) {
      lexer.position++;
      return false;
    }
    lexer.expectHere((byte) ',');
    if (object) {
      lexer.name();
    }
    return true;
  }

  private void push(int depth, boolean object) {
    if (depth >= MAX_DEPTH) {
      throw lexer.malformed("nested too deep");
    }
    int word = depth >> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, word + 1);
    }
    long bit = 1L << (depth & 63);
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
  }

  private boolean isObject(int depth) {
    return (objects[depth >> 6] >>> (depth & 63) & 1) == 1;
  }

  /// Passes over the next value and tells where it stands.
  public Range skipped() {
    lexer.nonSpace();
    int from = position();
    skip();
    return new Range(from, position());
  }

  /// Reads the next value if it is text or a number.
  ///
  /// @return the decoded text or the number as it is written; null for all else, which is passed
  public @Nullable String scalar() {
    Kind kind = peek();
    int from = lexer.position;
    skip();
    return switch (kind) {
      case TEXT -> lexer.decode(from + 1, lexer.position - 1);
      case NUMBER -> lexer.decode(from, lexer.position);
      case OBJECT, ARRAY, BOOLEAN, NULL -> null;
    };
  }

  /// Reads the next value if it is text; null for all else, which is passed.
  public @Nullable String text() {
    if (peek() == Kind.TEXT) {
      return scalar();
    }
    skip();
    return null;
  }

  /// Makes sure that nothing but white space follows.
  public void end() {
    lexer.end();
  }
}
