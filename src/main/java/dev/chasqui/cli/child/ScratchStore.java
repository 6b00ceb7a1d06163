package dev.chasqui.cli.child;

import dev.chasqui.settings.Keys;
import dev.chasqui.store.sql.ScratchSchema;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The store of a gateway that is started for the occasion: the embedded one in its data directory,
/// or a schema of its own in a PostgreSQL database, which is dropped in the end unless it is kept.
public final class ScratchStore implements AutoCloseable {

  /// Says that the store is the embedded one: a child has the environment of this process, which
  /// may name the store of a gateway that is in use.
  static final Map<String, String> EMBEDDED = environment("");

  private static final int NAME_BYTES = 6;

  private final @Nullable ScratchSchema schema;
  private volatile boolean isKept;

  private ScratchStore(@Nullable ScratchSchema schema) {
    this.schema = schema;
  }

  /// @param postgres the database as `store.url` has it; null for the embedded store
  /// @throws dev.chasqui.settings.SettingsException if the URL cannot be read
  /// @throws dev.chasqui.store.StoreException if the database does not take a schema
  public static ScratchStore open(@Nullable String postgres, RandomGenerator random) {
    if (postgres == null) {
      return new ScratchStore(null);
    }
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    String name = "chasqui_scratch_" + HexFormat.of().formatHex(bytes);
    return new ScratchStore(ScratchSchema.create(postgres, name));
  }

  /// The environment variables that make a gateway use this store.
  public Map<String, String> environment() {
    return schema == null ? EMBEDDED : environment(schema.url());
  }

  private static Map<String, String> environment(String url) {
    return Map.of(Keys.STORE_URL.environmentName(), url);
  }

  /// Keeps the schema and its rows when this is closed.
  public void keep() {
    isKept = true;
  }

  @Override
  public void close() {
    if (schema != null && !isKept) {
      schema.close();
    }
  }

  @Override
  public String toString() {
    return schema == null ? "the embedded store" : schema.toString();
  }
}
