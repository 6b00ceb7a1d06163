package dev.chasqui.store.sql;

import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Where the store is.
///
/// @param url `sqlite:<file>` or `postgresql://user:password@host:port/database`; never printed
/// @param node the name under which this process connects to a shared database
/// @param reads the bounds of what reads
public record StoreSettings(String url, String node, Reads reads) {

  private static final String SQLITE = "sqlite:";
  private static final String FILE = "chasqui.db";

  /// @throws SettingsException if the URL is of neither form, or cannot be read; never quotes it
  public StoreSettings {
    if (url.startsWith("jdbc:")) {
      throw new SettingsException(
          List.of(
              "store.url: leave jdbc: out; it is written"
                  + " postgresql://user:password@host:port/database"));
    }
    if (!url.startsWith(SQLITE) && !PostgresUrl.isOne(url)) {
      throw new SettingsException(List.of("store.url begins with sqlite: or postgresql://"));
    }
    if (PostgresUrl.isOne(url)) {
      var _ = PostgresUrl.parse(url);
    }
  }

  /// With the usual name and bounds.
  public StoreSettings(String url) {
    this(url, Keys.NODE.defaultText(), Reads.DEFAULT);
  }

  /// Bounds of what reads.
  ///
  /// @param viewers threads, and so connections, for lists and details
  /// @param maxWaiting reads that may wait in each lane
  /// @param limit how long a read may take, its waiting included
  public record Reads(int viewers, int maxWaiting, Duration limit) {

    /// As the settings have it if nothing is set.
    public static final Reads DEFAULT = new Reads(2, 64, Duration.ofSeconds(30));

    public Reads {
      if (viewers < 1 || maxWaiting < 1) {
        throw new IllegalArgumentException("store.readers and store.readQueue are 1 or more");
      }
    }
  }

  /// The store that the settings name: the embedded one in the data directory if they name none.
  public static StoreSettings of(Settings settings) {
    String url = settings.get(Keys.STORE_URL);
    Reads reads =
        new Reads(
            settings.get(Keys.STORE_READERS),
            settings.get(Keys.STORE_READ_QUEUE),
            settings.get(Keys.STORE_READ_LIMIT));
    String effective = url.isEmpty() ? file(settings.get(Keys.DATA)) : url;
    return new StoreSettings(effective, settings.get(Keys.NODE), reads);
  }

  /// The embedded store in a data directory.
  public static StoreSettings embedded(Path data) {
    return new StoreSettings(file(data));
  }

  private static String file(Path data) {
    return SQLITE + data.resolve(FILE);
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
