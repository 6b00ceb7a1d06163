package dev.chasqui.dialect;

import dev.chasqui.model.DialectName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The dialects that this gateway speaks to receivers.
public final class Dialects {

  private final Map<DialectName, Dialect> dialects = new EnumMap<>(DialectName.class);

  /// @throws IllegalArgumentException if two dialects have the same name
  public Dialects(Collection<Dialect> dialects) {
    for (Dialect dialect : dialects) {
      if (this.dialects.put(dialect.name(), dialect) != null) {
        throw new IllegalArgumentException("two dialects are called " + dialect.name().wire());
      }
    }
  }

  /// The dialect of a name, empty if this gateway does not speak it to receivers: an endpoint of it
  /// must then not be made.
  public Optional<Dialect> find(DialectName name) {
    return Optional.ofNullable(dialects.get(name));
  }

  /// The dialect of an endpoint that exists.
  ///
  /// @throws IllegalStateException if this gateway does not speak it
  public Dialect get(DialectName name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalStateException("the dialect " + name.wire() + " is not spoken here"));
  }

  public Set<DialectName> names() {
    return Set.copyOf(dialects.keySet());
  }
}
