package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The words in which an operator reads what is wrong with the store.
class SqlFaultsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SQLITE_FULL | the disk is full: the store cannot write
          SQLITE_CORRUPT | the store's database is malformed (SQLITE_CORRUPT); docs/operate.md says how to mend it
          SQLITE_CORRUPT_VTAB | the store's database is malformed (SQLITE_CORRUPT); docs/operate.md says how to mend it
          SQLITE_NOTADB | the store's database is malformed (SQLITE_CORRUPT); docs/operate.md says how to mend it
          SQLITE_READONLY | the store's file or disk is read-only
          SQLITE_IOERR_WRITE | the store's disk fails (SQLITE_IOERR)
          """)
  void aFaultOfSqlitesFileIsNamed(SQLiteErrorCode code, String words) {
    StoreException fault = SqlFaults.of(new SQLiteException("internal words", code));
    assertThat(fault).hasMessage(words);
    assertThat(fault.kind()).isEqualTo(StoreException.Kind.GONE);
  }

  @Test
  void aFullDiskOfPostgresIsNamed() {
    StoreException fault = SqlFaults.of(new SQLException("internal words", "53100"));
    assertThat(fault).hasMessage("the disk of the store's PostgreSQL is full");
    assertThat(fault.kind()).isEqualTo(StoreException.Kind.GONE);
  }

  @Test
  void whyPostgresTakesNoConnectionIsToldWithoutItsUrl() {
    SQLException cause =
        new SQLException("cannot parse\n jdbc:postgresql://me:pass-word@db.example/x?a=b  now");
    StoreException fault =
        PostgresFaults.cannotConnect(new SQLException("the pool's own words", cause));
    assertThat(fault)
        .hasMessage("cannot connect to the PostgreSQL of store.url: cannot parse … now");
    assertThat(PostgresFaults.words(new SQLException((String) null))).isEqualTo("SQLException");
  }
}
