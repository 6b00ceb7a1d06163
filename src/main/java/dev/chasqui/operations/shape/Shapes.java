package dev.chasqui.operations.shape;

import dev.chasqui.model.Bytes;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads Java types as shapes, each record once.
final class Shapes {

  private static final int DEFAULT_LENGTH = 200;
  private static final int DEFAULT_ITEMS = 200;

  private static final ClassValue<Shape.Members> KNOWN =
      new ClassValue<>() {
        @Override
        protected Shape.Members computeValue(Class<?> type) {
          return read(type.asSubclass(Record.class));
        }
      };

  private Shapes() {}

  static Shape.Members of(Class<? extends Record> type) {
    return KNOWN.get(type);
  }

  private static Shape.Members read(Class<? extends Record> type) {
    List<Shape.Member> members =
        Arrays.stream(type.getRecordComponents()).map(Shapes::member).toList();
    return new Shape.Members(type, members);
  }

  private static Shape.Member member(RecordComponent component) {
    component.getAccessor().setAccessible(true);
    AnnotatedType type = component.getAnnotatedType();
    boolean isRequired = !type.isAnnotationPresent(Nullable.class);
    return new Shape.Member(component.getName(), shape(type, component), isRequired, component);
  }

  private static Shape shape(AnnotatedType annotated, AnnotatedElement place) {
    Type type = annotated.getType();
    if (annotated instanceof AnnotatedParameterizedType outer
        && type instanceof ParameterizedType parameterized) {
      AnnotatedType[] arguments = outer.getAnnotatedActualTypeArguments();
      Class<?> raw = (Class<?>) parameterized.getRawType();
      if (Collection.class.isAssignableFrom(raw)) {
        Items items = place.getAnnotation(Items.class);
        return new Shape.ListOf(
            shape(arguments[0], place), items == null ? DEFAULT_ITEMS : items.value());
      }
      if (Map.class.isAssignableFrom(raw)) {
        return new Shape.MapOf(shape(arguments[1], place));
      }
      throw new IllegalArgumentException("no shape for " + type);
    }
    return plain((Class<?>) type, place);
  }

  private static Shape plain(Class<?> type, AnnotatedElement place) {
    if (type == String.class || type == URI.class) {
      return text(type, place);
    }
    if (type == boolean.class || type == Boolean.class) {
      return new Shape.Flag();
    }
    if (Set.of(int.class, Integer.class, long.class, Long.class).contains(type)) {
      Bounds bounds = place.getAnnotation(Bounds.class);
      return bounds == null
          ? new Shape.Whole(-0x1p53, 0x1p53)
          : new Shape.Whole(bounds.min(), bounds.max());
    }
    if (type == double.class || type == Double.class) {
      Bounds bounds = place.getAnnotation(Bounds.class);
      return bounds == null
          ? new Shape.Decimal(-Double.MAX_VALUE, Double.MAX_VALUE)
          : new Shape.Decimal(bounds.min(), bounds.max());
    }
    return type == Instant.class ? new Shape.Time() : other(type, place);
  }

  private static Shape other(Class<?> type, AnnotatedElement place) {
    if (type == Duration.class) {
      Within within = place.getAnnotation(Within.class);
      return within == null
          ? new Shape.Span(Duration.ZERO, Duration.ofDays(36_500))
          : new Shape.Span(Duration.parse(within.min()), Duration.parse(within.max()));
    }
    if (type.isEnum()) {
      @SuppressWarnings("unchecked") // an enum's class is one of an Enum
      Class<? extends Enum<?>> words = (Class<? extends Enum<?>>) type;
      return new Shape.Choice(words);
    }
    if (JsonNode.class.isAssignableFrom(type) || type == Bytes.class) {
      Like like = place.getAnnotation(Like.class);
      Class<? extends Record> looks = like == null ? null : like.value();
      return type == Bytes.class ? new Shape.Octets(looks) : new Shape.Tree(looks);
    }
    try {
      return new Shape.Parsed(type.getMethod("parse", String.class));
    } catch (NoSuchMethodException e) {
      if (type.isRecord()) {
        return of(type.asSubclass(Record.class));
      }
      throw new IllegalArgumentException("no shape for " + type, e);
    }
  }

  private static Shape text(Class<?> type, AnnotatedElement place) {
    Pem pem = place.getAnnotation(Pem.class);
    Words words = place.getAnnotation(Words.class);
    Length length = place.getAnnotation(Length.class);
    Shape.Form form =
        type == URI.class
            ? Shape.Form.URL
            : pem != null
                ? Shape.Form.PEM
                : place.isAnnotationPresent(Digits.class)
                    ? Shape.Form.DIGITS
                    : place.isAnnotationPresent(Secret.class)
                        ? Shape.Form.SECRET
                        : Shape.Form.PLAIN;
    int max = length == null ? DEFAULT_LENGTH : length.value();
    return new Shape.Text(
        pem == null ? max : pem.value(), form, words == null ? List.of() : List.of(words.value()));
  }
}
