package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the file system takes, pages are written; nothing is opened that would refuse them.
class DirectIoIT {

  private static final int PAGE = Segment.PAGE_BYTES;

  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void make() throws IOException {
    path = Files.write(directory.resolve("file"), new byte[4 * PAGE]);
  }

  @Test
  void isNotOpenedForUnitsThatAreNoWholeBlocks() throws IOException {
    Optional<FileChannel> opened = DirectIo.open(path, 17, StandardOpenOption.WRITE);
    assertThat(opened).isEmpty();
  }

  @Test
  void pagesAreWrittenAndReadBackByBothWays() throws IOException {
    ByteBuffer two = DirectIo.buffer(2 * PAGE);
    two.put(PAGE - 1, (byte) 1).put(PAGE, (byte) 2);
    try (Disk.File file = new RealDisk().openToWrite(path)) {
      file.write(two, PAGE);
      file.force();
      ByteBuffer back = DirectIo.buffer(PAGE);
      file.read(back, 2 * PAGE);
      assertThat(back.get(0)).isEqualTo((byte) 2);
    }
    byte[] all = Files.readAllBytes(path);
    assertThat(all).hasSize(4 * PAGE);
    assertThat(all[2 * PAGE - 1]).isEqualTo((byte) 1);
    assertThat(all[2 * PAGE]).isEqualTo((byte) 2);
  }

  /// What the page cache has of a page is dropped when the page is written past it.
  @Test
  void whoReadBeforeReadsWhatIsWrittenAfterwards() throws IOException {
    RealDisk disk = new RealDisk();
    try (Disk.File written = disk.openToWrite(path);
        Disk.File read = disk.openToRead(path)) {
      for (byte value = 1; value < 100; value++) {
        ByteBuffer page = DirectIo.buffer(PAGE);
        page.put(0, value);
        written.write(page, PAGE);
        ByteBuffer back = ByteBuffer.allocate(PAGE);
        read.read(back, PAGE);
        assertThat(back.get(0)).isEqualTo(value);
      }
    }
  }
}
