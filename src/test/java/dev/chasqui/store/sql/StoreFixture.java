package dev.chasqui.store.sql;

import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.SecretSealer;
import dev.chasqui.store.Store;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;

/// A fresh, empty database for one test.
public interface StoreFixture extends AutoCloseable {

  ToLongFunction<String> HASH = text -> text.hashCode() * 0x9E3779B97F4A7C15L;

  /// Where the store is.
  StoreSettings settings();

  /// The same for JDBC, to look behind the store.
  String jdbc();

  /// The numbers that a query behind the store's back comes to.
  default List<Long> numbers(String sql) {
    try (Connection connection = DriverManager.getConnection(jdbc());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<Long> numbers = new ArrayList<>();
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
      return numbers;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens the store; can be called again after the former one was closed.
  default Store open(Clock clock) {
    return open(clock, Generations.USUAL);
  }

  /// Opens the store with generations of another size.
  default Store open(Clock clock, Generations generations) {
    return open(clock, generations, Supervisor.ofProcess());
  }

  /// Opens the store with loops that somebody watches.
  default Store open(Clock clock, Generations generations, Supervisor supervisor) {
    return SqlStore.open(
        settings(), clock, new PlainSealer(), new LedgerSlice.Keyed(HASH, generations), supervisor);
  }

  @Override
  void close();

  /// Tells one context from another and hides the text from a careless reader, no more.
  final class PlainSealer implements SecretSealer {

    @Override
    public byte[] seal(String plain, String context) {
      String both = context + "\n" + plain;
      return Base64.getEncoder().encode(both.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String open(byte[] sealed, String context) {
      String both = new String(Base64.getDecoder().decode(sealed), StandardCharsets.UTF_8);
      if (!both.startsWith(context + "\n")) {
        throw new IllegalStateException("sealed for something else");
      }
      return both.substring(context.length() + 1);
    }
  }
}
