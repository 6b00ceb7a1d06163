package dev.chasqui.store.sql;

import dev.chasqui.store.StoreException;
import dev.chasqui.store.StoreException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/// Sorts what the drivers throw.
final class SqlFaults {

  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_IOERR = 10;
  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_NOTADB = 26;

  private SqlFaults() {}

  static StoreException of(SQLException fault) {
    Kind kind = kind(fault);
    return new StoreException(kind, message(fault, kind), fault);
  }

  private static String message(SQLException fault, Kind kind) {
    if (fault instanceof SQLiteException sqlite) {
      return message(sqlite, kind);
    }
    return "53100".equals(fault.getSQLState())
        ? "the disk of the store's PostgreSQL is full"
        : message(kind);
  }

  private static String message(SQLiteException fault, Kind kind) {
    return switch (fault.getResultCode().code & 0xFF) {
      case SQLITE_FULL -> "the disk is full: the store cannot write";
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          "the store's database is malformed (SQLITE_CORRUPT); docs/operate.md says how to mend it";
      case SQLITE_READONLY -> "the store's file or disk is read-only";
      case SQLITE_IOERR -> "the store's disk fails (SQLITE_IOERR)";
      default -> message(kind);
    };
  }

  private static String message(Kind kind) {
    return switch (kind) {
      case BUSY -> "the store is busy";
      case GONE -> "the store cannot be reached or cannot write";
      case REFUSED -> "the store refuses the data";
    };
  }

  private static Kind kind(SQLException fault) {
    if (fault instanceof SQLiteException sqlite) {
      return ofSqlite(sqlite);
    }
    if (fault instanceof SQLTransientConnectionException) {
      return fault.getCause() == null ? Kind.BUSY : Kind.GONE;
    }
    return ofState(fault.getSQLState());
  }

  /// https://sqlite.org/rescode.html; the low byte is the primary code.
  private static Kind ofSqlite(SQLiteException fault) {
    return switch (fault.getResultCode().code & 0xFF) {
      // BUSY, LOCKED, PROTOCOL, INTERRUPT
      case 5, 6, 15, 9 -> Kind.BUSY;
      // PERM, ABORT, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB
      case 3, 4, 7, 8, 10, 11, 13, 14, 26 -> Kind.GONE;
      default -> Kind.REFUSED;
    };
  }

  /// https://www.postgresql.org/docs/15/errcodes-appendix.html; the first two characters are the
  /// class.
  private static Kind ofState(@Nullable String state) {
    if (state == null || state.length() != 5) {
      return Kind.GONE;
    }
    return switch (state.substring(0, 2)) {
      // Transactions that lost against others, objects in use, cancelled statements.
      case "40", "55" -> Kind.BUSY;
      case "57" -> state.equals("57014") ? Kind.BUSY : Kind.GONE;
      case "53" -> state.equals("53300") ? Kind.BUSY : Kind.GONE;
      // Connections, read-only servers, authorization, I/O, internal faults.
      case "08", "25", "28", "3D", "58", "XX" -> Kind.GONE;
      default -> Kind.REFUSED;
    };
  }
}
