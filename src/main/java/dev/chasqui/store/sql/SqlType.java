package dev.chasqui.store.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The types of columns, by their names in PostgreSQL.
enum SqlType {
  BYTES("bytea"),
  NUMBER("bigint"),
  TEXT("text");

  private final String postgresName;

  SqlType(String postgresName) {
    this.postgresName = postgresName;
  }

  String postgresName() {
    return postgresName;
  }

  /// One column of several rows, as an array of the column's class.
  @Nullable Object[] column(List<@Nullable Object[]> rows, int index) {
    @Nullable Object[] values =
        switch (this) {
          case BYTES -> new byte[rows.size()][];
          case NUMBER -> new @Nullable Long[rows.size()];
          case TEXT -> new @Nullable String[rows.size()];
        };
    for (int i = 0; i < values.length; i++) {
      Object value = rows.get(i)[index];
      values[i] = value instanceof Integer number ? Long.valueOf(number) : value;
    }
    return values;
  }
}
