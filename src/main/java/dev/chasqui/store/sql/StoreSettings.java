package dev.chasqui.store.sql;

import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import java.nio.file.Path;

/// Where the store is.
///
/// @param url `sqlite:<file>` or `postgresql://user:password@host:port/database`; never printed
public record StoreSettings(String url) {

  private static final String SQLITE = "sqlite:";
  private static final String FILE = "chasqui.db";

  /// @throws IllegalArgumentException if the URL is of neither form
  public StoreSettings {
    if (!url.startsWith(SQLITE) && !PostgresUrl.isOne(url)) {
      throw new IllegalArgumentException("store.url begins with sqlite: or postgresql://");
    }
  }

  /// The store that the settings name: the embedded one in the data directory if they name none.
  public static StoreSettings of(Settings settings) {
    String url = settings.get(Keys.STORE_URL);
    return url.isEmpty() ? embedded(settings.get(Keys.DATA)) : new StoreSettings(url);
  }

  /// The embedded store in a data directory.
  public static StoreSettings embedded(Path data) {
    return new StoreSettings(SQLITE + data.resolve(FILE));
  }

  boolean isEmbedded() {
    return url.startsWith(SQLITE);
  }

  Path file() {
    return Path.of(url.substring(SQLITE.length()));
  }

  @Override
  public String toString() {
    return isEmbedded() ? url : "postgresql://…";
  }
}
