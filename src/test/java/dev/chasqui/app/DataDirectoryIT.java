package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryIT {

  @TempDir private Path folder;

  @Test
  void aDirectoryThatCannotBeUsedSaysWhyAndWhatToDo() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("data"), "");
    assertThatThrownBy(() -> DataDirectory.take(inTheWay))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "cannot use the data directory "
                + inTheWay
                + ": a file is in the way of the directory ("
                + inTheWay
                + "); move it away, or set data");
  }
}
