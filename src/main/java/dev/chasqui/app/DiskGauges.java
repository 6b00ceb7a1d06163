package dev.chasqui.app;

import dev.chasqui.observe.Metrics;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How much room there is, and what the embedded store takes of it.
record DiskGauges(Settings settings) {

  private static final List<String> STORE_FILES =
      List.of("chasqui.db", "chasqui.db-wal", "chasqui.db-shm");

  void addTo(Metrics metrics) {
    Path data = settings.get(Keys.DATA);
    metrics.gauge(
        "chasqui_disk_free_bytes", "Room on the disk of the data directory.", () -> free(data));
    if (settings.get(Keys.STORE_URL).isEmpty()) {
      metrics.gauge(
          "chasqui_store_bytes", "Bytes the embedded store uses on disk.", () -> used(data));
    }
  }

  /// NaN if the system does not tell.
  private static double free(Path data) {
    try {
      return Files.getFileStore(data).getUsableSpace();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double used(Path data) {
    long used = 0;
    for (String name : STORE_FILES) {
      used += data.resolve(name).toFile().length();
    }
    return used;
  }
}
