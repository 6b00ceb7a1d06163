package dev.chasqui.json;

import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object of a document that is read for translation: its members by name, each as the bytes it
/// has. What is only passed on is never decoded, so that it comes out as it went in. Of a name that
/// occurs twice the last value counts, as with most parsers.
public final class RawObject {

  /// How deep a document may nest. Less than the scanner takes, so that there is room for what a
  /// translation wraps around it.
  public static final int MAX_DEPTH = 200;

  public static final RawObject EMPTY = new RawObject(Map.of());

  private final Map<String, Bytes> members;

  private RawObject(Map<String, Bytes> members) {
    this.members = members;
  }

  /// Makes sure that bytes are one JSON document that a translation may wrap.
  ///
  /// @return the document without white space or a mark around it
  /// @throws MalformedJsonException if they are not
  public static Bytes checked(Bytes document) {
    JsonScanner scanner = new JsonScanner(document);
    Range range = scanner.skipped();
    scanner.end();
    Bytes value = range.of(document);
    if (depth(value) > MAX_DEPTH) {
      throw new MalformedJsonException("nested too deep", range.from());
    }
    return value;
  }

  /// The members of a checked value; none if it is no object.
  public static RawObject of(@Nullable Bytes value) {
    if (value == null || !isObject(value)) {
      return EMPTY;
    }
    Map<String, Bytes> members = new LinkedHashMap<>();
    JsonScanner scanner = new JsonScanner(value);
    scanner.beginObject();
    while (scanner.nextMember()) {
      String name = scanner.name();
      members.put(name, scanner.skipped().of(value));
    }
    return new RawObject(members);
  }

  /// The elements of a checked value; none if it is no array.
  public static List<Bytes> elements(@Nullable Bytes value) {
    if (value == null || !isArray(value)) {
      return List.of();
    }
    List<Bytes> elements = new ArrayList<>();
    JsonScanner scanner = new JsonScanner(value);
    scanner.beginArray();
    while (scanner.nextElement()) {
      elements.add(scanner.skipped().of(value));
    }
    return elements;
  }

  /// Whether a checked value is an object.
  public static boolean isObject(Bytes value) {
    return value.length() > 0 && value.at(0) == '{';
  }

  /// Whether a checked value is an array.
  public static boolean isArray(Bytes value) {
    return value.length() > 0 && value.at(0) == '[';
  }

  /// All members in order of appearance, as they are.
  public Map<String, Bytes> members() {
    return members;
  }

  /// The same with one member of another object, if this one lacks it.
  public RawObject or(RawObject other, String name) {
    Bytes value = other.members.get(name);
    if (value == null || members.containsKey(name)) {
      return this;
    }
    Map<String, Bytes> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new RawObject(more);
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /// A member as it is; null if it is missing or `null`.
  public @Nullable Bytes raw(String name) {
    Bytes value = members.get(name);
    return value == null || value.at(0) == 'n' ? null : value;
  }

  /// A text, or a number as it is written; null if the member is missing, empty or anything else.
  public @Nullable String scalar(String name) {
    Bytes value = members.get(name);
    String text = value == null ? null : new JsonScanner(value).scalar();
    return text == null || text.isEmpty() ? null : text;
  }

  /// The first scalar there is among several members.
  public @Nullable String firstScalar(String... names) {
    for (String name : names) {
      String text = scalar(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /// An object inside, without members if the member is missing or no object.
  public RawObject object(String name) {
    return of(members.get(name));
  }

  /// An array's elements, none if the member is missing or no array.
  public List<Bytes> list(String name) {
    return elements(members.get(name));
  }

  public boolean isList(String name) {
    Bytes value = members.get(name);
    return value != null && isArray(value);
  }

  /// Whether a value is text or a number.
  public static boolean isScalar(Bytes value) {
    Kind kind = new JsonScanner(value).peek();
    return kind == Kind.TEXT || kind == Kind.NUMBER;
  }

  private static int depth(Bytes value) {
    int depth = 0;
    int deepest = 0;
    boolean inText = false;
    for (int i = 0; i < value.length(); i++) {
      byte b = value.at(i);
      if (inText) {
        i += b == '\\' ? 1 : 0;
        inText = b != '"';
      } else if (b == '{' || b == '[') {
        depth++;
        deepest = Math.max(deepest, depth);
      } else if (b == '}' || b == ']') {
        depth--;
      } else {
        inText = b == '"';
      }
    }
    return deepest;
  }
}
