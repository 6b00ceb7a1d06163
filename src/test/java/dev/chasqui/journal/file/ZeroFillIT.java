package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of zeros, past the page cache and through it.
class ZeroFillIT {

  private static final int STEP = 1 << 20;

  @TempDir Path directory;

  /// A size that is no multiple of the disk's block cannot be written past the page cache.
  @ParameterizedTest
  @ValueSource(longs = {4096, STEP, 3 * STEP + 4096, 1, STEP + 4097})
  void fileIsAllZerosAndOfTheRightSize(long size) throws IOException {
    Path file = directory.resolve("file");
    AtomicInteger rests = new AtomicInteger();

    new ZeroFill(file, size, _ -> rests.incrementAndGet()).run();

    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[(int) size]);
    assertThat(rests).hasValue((int) ((size + STEP - 1) / STEP));
  }

  @Test
  void canBeGivenUp() {
    Disk.Rest closed =
        _ -> {
          throw new IOException("closed");
        };

    assertThatThrownBy(() -> new ZeroFill(directory.resolve("file"), 9L * STEP, closed).run())
        .hasMessage("closed");
    assertThat(directory.resolve("file")).isNotEmptyFile().hasSize(STEP);
  }
}
