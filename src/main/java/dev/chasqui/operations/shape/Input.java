package dev.chasqui.operations.shape;

import dev.chasqui.model.Url;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A record that is read from what a caller sent, in two steps: first all members are read and all
/// faults noted, then, if there were none, the record is made. An absent member is null, false, or
/// an empty list; one that may be none of these is required.
///
/// @param <T> the record
public final class Input<T extends Record> {

  private final Class<T> type;
  private final @Nullable Object[] values;

  private Input(Class<T> type, @Nullable Object[] values) {
    this.type = type;
    this.values = values;
  }

  /// Reads the members of a record and notes what is wrong with them.
  ///
  /// @param source where members are read from
  public static <T extends Record> Input<T> read(Class<T> type, Source source) {
    List<Shape.Member> members = Shape.of(type).members();
    @Nullable Object[] values = new Object[members.size()];
    for (int i = 0; i < values.length; i++) {
      Shape.Member member = members.get(i);
      values[i] = member.isFlat() ? flat(member, source) : value(member, source);
    }
    return new Input<>(type, values);
  }

  /// The record with null or nought for what was at fault, empty if it cannot be made like that.
  public Optional<T> loose() {
    try {
      return Optional.of(made());
    } catch (NullPointerException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The record; only to be called where no fault was noted.
  public T made() {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      @Nullable Object[] ready = values.clone();
      for (int i = 0; i < ready.length; i++) {
        ready[i] = orNought(ready(ready[i]), types[i]);
      }
      return constructor.newInstance(ready);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException refused
          ? refused
          : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  private static @Nullable Object orNought(@Nullable Object value, Class<?> type) {
    return value == null && type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : value;
  }

  private static @Nullable Object ready(@Nullable Object value) {
    return switch (value) {
      case Input<?> inner -> inner.made();
      case List<?> list -> list.stream().map(Input::ready).toList();
      case null, default -> value;
    };
  }

  private static Input<?> flat(Shape.Member member, Source source) {
    return read(((Shape.Members) member.shape()).type(), source);
  }

  private static @Nullable Object value(Shape.Member member, Source source) {
    return member.isBody() ? source.body(member) : value(member, source.fields(member));
  }

  private static @Nullable Object value(Shape.Member member, Fields fields) {
    String name = member.name();
    boolean mayBeAbsent =
        !member.isRequired()
            || member.shape() instanceof Shape.Flag
            || member.shape() instanceof Shape.ListOf
            || member.shape() instanceof Shape.MapOf;
    if (!fields.has(name)) {
      if (!mayBeAbsent) {
        fields.require(name);
      }
      return absent(member, fields);
    }
    return switch (member.shape()) {
      case Shape.Text text -> text(text, name, fields);
      case Shape.Flag _ -> fields.flag(name, false);
      case Shape.Whole whole -> whole(whole, fields, member);
      case Shape.Decimal(double min, double max) -> fields.number(name, min, max, min);
      case Shape.Time _ -> fields.parsed(name, Times::instant);
      case Shape.Span span -> fields.duration(name, span.min(), span.max(), span.min());
      case Shape.Choice choice -> constant(choice, fields.word(name, choice.words()));
      case Shape.Parsed(Method parser) -> fields.parsed(name, text -> parse(parser, text));
      case Shape.ListOf list -> collection(list, fields, member);
      case Shape.MapOf _ -> fields.textMap(name);
      case Shape.Tree _ -> fields.tree(name);
      case Shape.Octets _ -> throw new IllegalStateException("bytes are a whole body: " + name);
      case Shape.Members members -> nested(members, fields.object(name));
    };
  }

  private static @Nullable Object absent(Shape.Member member, Fields fields) {
    fields.has(member.name());
    if (!member.isRequired()) {
      return null;
    }
    return switch (member.shape()) {
      case Shape.Flag _ -> false;
      case Shape.MapOf _ -> Map.of();
      case Shape.ListOf _ -> asDeclared(List.of(), member);
      default -> null;
    };
  }

  private static Input<?> nested(Shape.Members members, Fields inner) {
    Input<?> read = read(members.type(), (Source) _ -> inner);
    inner.finish();
    return read;
  }

  private static @Nullable Object text(Shape.Text text, String name, Fields fields) {
    if (!text.words().isEmpty()) {
      return fields.word(name, text.words());
    }
    return switch (text.form()) {
      case PLAIN -> fields.text(name, text.max());
      case DIGITS -> fields.digits(name);
      case SECRET -> fields.secret(name);
      case PEM -> fields.pem(name, text.max());
      case URL -> fields.parsed(name, Input::url);
    };
  }

  private static Object url(String text) {
    try {
      return Url.parse(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("must be an absolute http or https URL", e);
    }
  }

  private static Object whole(Shape.Whole whole, Fields fields, Shape.Member member) {
    Class<?> declared = member.component().getType();
    if (declared == int.class || declared == Integer.class) {
      double min = Math.max(whole.min(), Integer.MIN_VALUE);
      double max = Math.min(whole.max(), Integer.MAX_VALUE);
      return fields.count(member.name(), (int) min, (int) max, 0);
    }
    return (long) fields.number(member.name(), whole.min(), whole.max(), 0);
  }

  private static @Nullable Object constant(Shape.Choice choice, @Nullable String word) {
    for (Enum<?> constant : choice.type().getEnumConstants()) {
      if (Shape.Choice.word(constant).equals(word)) {
        return constant;
      }
    }
    return null;
  }

  private static Object parse(Method parser, String text) {
    try {
      return parser.invoke(null, text);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException refused
          ? refused
          : new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + parser, e);
    }
  }

  private static Object collection(Shape.ListOf list, Fields fields, Shape.Member member) {
    String name = member.name();
    if (list.item() instanceof Shape.Members members) {
      List<Object> read = new ArrayList<>();
      for (Fields inner : fields.objects(name)) {
        read.add(nested(members, inner));
      }
      return asDeclared(read, member);
    }
    int max = list.item() instanceof Shape.Text(int length, _, _) ? length : 200;
    List<Object> read = new ArrayList<>();
    List<String> texts = fields.texts(name, list.max(), max);
    for (int i = 0; i < texts.size(); i++) {
      Object item = item(list.item(), texts.get(i), name + "[" + i + "]", fields);
      if (item != null) {
        read.add(item);
      }
    }
    return asDeclared(read, member);
  }

  private static @Nullable Object item(Shape shape, String text, String path, Fields fields) {
    switch (shape) {
      case Shape.Choice choice -> {
        Object constant = constant(choice, text);
        if (constant == null) {
          fields.fault(path, "must be " + Fields.alternatives(choice.words()));
        }
        return constant;
      }
      case Shape.Parsed(Method parser) -> {
        try {
          return parse(parser, text);
        } catch (IllegalArgumentException e) {
          fields.fault(path, String.valueOf(e.getMessage()));
          return null;
        }
      }
      case Shape.Text(int _, Shape.Form _, List<String> words) -> {
        if (!words.isEmpty() && !words.contains(text)) {
          fields.fault(path, "must be " + Fields.alternatives(words));
        }
        return text;
      }
      default -> throw new IllegalStateException("no list of " + shape + " is read");
    }
  }

  /// A set where the record has one.
  private static Object asDeclared(List<?> read, Shape.Member member) {
    return Set.class.isAssignableFrom(member.component().getType())
        ? new LinkedHashSet<>(read)
        : read;
  }

  /// Where members are read from.
  @FunctionalInterface
  public interface Source {

    /// The members among which this one is.
    Fields fields(Shape.Member member);

    /// The whole body, for the member that is it.
    default Object body(Shape.Member member) {
      throw new IllegalStateException("there is no body for " + member.name());
    }
  }
}
