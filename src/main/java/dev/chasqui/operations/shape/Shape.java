package dev.chasqui.operations.shape;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a value looks like on the wire, read from its Java type and the annotations beside it.
public sealed interface Shape {

  /// A text.
  ///
  /// @param words what it may be, empty if it is free
  record Text(int max, Form form, List<String> words) implements Shape {
    public Text {
      words = List.copyOf(words);
    }
  }

  /// What kind of text.
  enum Form {
    PLAIN,
    DIGITS,
    SECRET,
    PEM,
    URL
  }

  /// Yes or no.
  record Flag() implements Shape {}

  /// A whole number.
  record Whole(double min, double max) implements Shape {}

  /// A number.
  record Decimal(double min, double max) implements Shape {}

  /// A time, ISO-8601.
  record Time() implements Shape {}

  /// A duration, ISO-8601.
  record Span(Duration min, Duration max) implements Shape {}

  /// A word of an enum: what its method `wire()` says, or its name in small letters.
  record Choice(Class<? extends Enum<?>> type) implements Shape {

    /// The words in the order of the constants.
    public List<String> words() {
      return Arrays.stream(type.getEnumConstants()).map(Choice::word).toList();
    }

    static String word(Enum<?> constant) {
      try {
        return (String) constant.getDeclaringClass().getMethod("wire").invoke(constant);
      } catch (NoSuchMethodException e) {
        return constant.name().toLowerCase(Locale.ROOT);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// A value of a type with a static `parse(String)`, written as its text.
  record Parsed(Method parser) implements Shape {}

  /// A list, a set or any other collection.
  record ListOf(Shape item, int max) implements Shape {}

  /// An object of any names with values of one shape.
  record MapOf(Shape value) implements Shape {}

  /// The members of a record.
  record Members(Class<? extends Record> type, List<Member> members) implements Shape {
    public Members {
      members = List.copyOf(members);
    }
  }

  /// Any JSON.
  ///
  /// @param like what it looks like all the same, null if anything goes
  record Tree(@Nullable Class<? extends Record> like) implements Shape {}

  /// Bytes as they came.
  ///
  /// @param like the JSON that they should be, null if anything goes
  record Octets(@Nullable Class<? extends Record> like) implements Shape {}

  /// One member of a record.
  ///
  /// @param isRequired whether it may not be null
  record Member(String name, Shape shape, boolean isRequired, RecordComponent component) {

    /// Whether its members stand in its own place.
    public boolean isFlat() {
      return component.isAnnotationPresent(Flat.class);
    }

    /// Whether it is the whole body of the call.
    public boolean isBody() {
      return component.isAnnotationPresent(Body.class);
    }

    /// Whether it is taken from the query, although the call has a body.
    public boolean isInQuery() {
      return component.isAnnotationPresent(InQuery.class);
    }

    /// Whether it is left out where it is null.
    public boolean isOmittedWhenNull() {
      return component.isAnnotationPresent(OmitNull.class);
    }

    /// The header that it comes from, null if it is none.
    public @Nullable String header() {
      FromHeader header = component.getAnnotation(FromHeader.class);
      return header == null ? null : header.value();
    }

    /// What it means, null if nobody said.
    public @Nullable Doc doc() {
      return component.getAnnotation(Doc.class);
    }

    @Nullable Object of(Object owner) {
      try {
        return component.getAccessor().invoke(owner);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
  }

  /// The shape of a record type.
  static Members of(Class<? extends Record> type) {
    return Shapes.of(type);
  }
}
