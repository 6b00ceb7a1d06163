package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileIT {

  @TempDir private Path folder;

  @Test
  void aStoreThatCannotBeOpenedSaysWhyAndWhatToDo() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("data"), "");
    Path file = inTheWay.resolve("chasqui.db");
    assertThatThrownBy(() -> SqliteFile.take(file, Duration.ofSeconds(1)))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot open the store "
                + file
                + ": a file is in the way of the directory ("
                + inTheWay
                + "); move it away, or set store.url");
  }
}
