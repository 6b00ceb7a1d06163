package dev.chasqui.journal.file;

import dev.chasqui.observe.HeldElsewhereException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps a journal's directory to one journal. The operating system's lock holds between processes
/// and ends with the process; within one process it would be lost as soon as any channel on the
/// file is closed, so directories held here are remembered too.
final class DirectoryLock implements AutoCloseable {

  static final String FILE_NAME = "lock";

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw inUse(directory);
    }
    DirectoryLock taken = null;
    try {
      taken = lock(real);
    } finally {
      if (taken == null) {
        HELD.remove(real);
      }
    }
    if (taken == null) {
      throw inUse(directory);
    }
    return taken;
  }

  private static @Nullable DirectoryLock lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return null;
    }
    return new DirectoryLock(directory, channel);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(directory);
    }
  }

  private static HeldElsewhereException inUse(Path directory) {
    return new HeldElsewhereException(
        "another Chasqui uses the journal in "
            + directory
            + "; stop it, or name another directory");
  }
}
