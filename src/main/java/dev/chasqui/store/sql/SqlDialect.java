package dev.chasqui.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// The SQL that differs between the two databases.
enum SqlDialect {
  SQLITE {
    @Override
    int rowsPerStatement(int waiting) {
      return waiting >= SQLITE_ROWS ? SQLITE_ROWS : 1;
    }

    @Override
    String rows(List<SqlType> columns, int rows) {
      StringJoiner one = new StringJoiner(", ", "(", ")");
      columns.forEach(_ -> one.add("?"));
      StringJoiner all = new StringJoiner(", ", "VALUES ", "");
      for (int i = 0; i < rows; i++) {
        all.add(one.toString());
      }
      return all.toString();
    }

    @Override
    String contains(String column) {
      return "instr(" + column + ", ?) > 0";
    }

    @Override
    String skipLocked() {
      return "";
    }

    @Override
    String forUpdate() {
      return "";
    }

    @Override
    boolean hasOneWriter() {
      return true;
    }
  },

  POSTGRESQL {
    @Override
    int rowsPerStatement(int waiting) {
      return Math.min(waiting, POSTGRES_ROWS);
    }

    @Override
    String rows(List<SqlType> columns, int rows) {
      List<String> arrays = new ArrayList<>();
      columns.forEach(c -> arrays.add("?::" + c.postgresName() + "[]"));
      return "SELECT * FROM unnest(" + String.join(", ", arrays) + ")";
    }

    @Override
    String contains(String column) {
      return "strpos(" + column + ", ?) > 0";
    }

    @Override
    String skipLocked() {
      return "FOR UPDATE SKIP LOCKED";
    }

    @Override
    String forUpdate() {
      return "FOR UPDATE";
    }

    @Override
    boolean hasOneWriter() {
      return false;
    }
  };

  /// Statements of 8 rows were measured 18 % faster than of one; 32 were no better.
  private static final int SQLITE_ROWS = 8;

  private static final int POSTGRES_ROWS = 5_000;

  /// How many of the waiting rows the next statement takes.
  abstract int rowsPerStatement(int waiting);

  /// A source of rows for a common table expression.
  abstract String rows(List<SqlType> columns, int rows);

  /// A condition: the column's text contains the parameter.
  abstract String contains(String column);

  /// Ends the selection of rows that several nodes take from.
  abstract String skipLocked();

  /// Ends the selection of rows that this transaction is about to change.
  abstract String forUpdate();

  /// Whether no other transaction writes while one does.
  abstract boolean hasOneWriter();
}
