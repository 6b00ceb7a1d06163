package dev.chasqui.store.sql;

import dev.chasqui.settings.SettingsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// A schema of its own in a PostgreSQL database, for a gateway that is started for a demonstration
/// or a measurement. Nothing else in the database is touched.
public final class ScratchSchema implements AutoCloseable {

  private final PostgresUrl place;
  private final String name;
  private final String url;

  private ScratchSchema(PostgresUrl place, String name, String url) {
    this.place = place;
    this.name = name;
    this.url = url;
  }

  /// Makes a schema; closing drops it with all that is in it.
  ///
  /// @param database as `store.url` has it
  /// @param name of the schema: lower-case letters, digits and underscores
  /// @throws SettingsException if the URL cannot be read
  /// @throws dev.chasqui.store.StoreException if the database does not take it
  public static ScratchSchema create(String database, String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("a schema's name is lower-case letters, digits and _");
    }
    var _ = new StoreSettings(database);
    String url = database + (database.contains("?") ? "&" : "?") + "currentSchema=" + name;
    ScratchSchema schema = new ScratchSchema(PostgresUrl.parse(database), name, url);
    schema.execute("CREATE SCHEMA " + name);
    return schema;
  }

  /// What a gateway that keeps its rows here is given as `store.url`.
  public String url() {
    return url;
  }

  private void execute(String sql) {
    DataSource source = PostgresDatabase.source(place, "scratch");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw PostgresFaults.cannotConnect(e);
    }
  }

  @Override
  public void close() {
    execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
  }

  @Override
  public String toString() {
    return "ScratchSchema " + name;
  }
}
