package dev.chasqui.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A database file in a folder of its own.
final class SqliteFixture implements StoreFixture {

  private final Path folder;

  SqliteFixture() {
    try {
      folder = Files.createTempDirectory("chasqui-store");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return settings().file();
  }

  @Override
  public StoreSettings settings() {
    return StoreSettings.embedded(folder);
  }

  @Override
  public String jdbc() {
    return "jdbc:sqlite:" + file();
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
