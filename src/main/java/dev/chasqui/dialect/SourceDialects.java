package dev.chasqui.dialect;

import dev.chasqui.model.DialectName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The dialects in which webhooks come in, beside Meta's.
public final class SourceDialects {

  /// None: only Meta's webhooks are understood.
  public static final SourceDialects NONE = new SourceDialects(List.of());

  private final Map<String, SourceDialect> dialects = new HashMap<>();

  public SourceDialects(Collection<SourceDialect> dialects) {
    dialects.forEach(dialect -> this.dialects.put(dialect.source(), dialect));
  }

  /// The dialect of a name, empty if webhooks do not come in in it.
  public Optional<SourceDialect> find(DialectName name) {
    return find(name.wire());
  }

  /// The dialect of a source label, empty if there is none.
  public Optional<SourceDialect> find(String source) {
    return Optional.ofNullable(dialects.get(source));
  }

  /// The dialect of a source label.
  ///
  /// @throws IllegalArgumentException if there is none
  public SourceDialect get(String source) {
    SourceDialect dialect = dialects.get(source);
    if (dialect == null) {
      throw new IllegalArgumentException("webhooks of " + source + " are not understood here");
    }
    return dialect;
  }
}
