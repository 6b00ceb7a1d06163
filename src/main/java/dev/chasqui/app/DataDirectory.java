package dev.chasqui.app;

import dev.chasqui.observe.FileFault;
import dev.chasqui.observe.HeldElsewhereException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The data directory, taken for this process alone and readable by its user alone: it holds what
/// people wrote to each other, their phone numbers, and keys.
final class DataDirectory implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(DataDirectory.class.getName());
  private static final String LOCK_FILE = "chasqui.lock";
  private static final String SCRATCH = "tmp";
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Makes the directory if it is missing, and takes it.
  ///
  /// @throws HeldElsewhereException if another process has it; then nothing is changed in it
  /// @throws StartException if it cannot be made or written
  static DataDirectory take(Path path) {
    try {
      makePrivate(path);
      DataDirectory taken = new DataDirectory(path, lock(path));
      taken.mend();
      taken.clearScratch();
      return taken;
    } catch (IOException e) {
      throw new StartException(
          "cannot use the data directory "
              + path.toAbsolutePath()
              + ": "
              + FileFault.of(e)
              + ", or set data",
          e);
    }
  }

  private static void makePrivate(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path.toAbsolutePath());
      protect(path, DIRECTORY);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    Path file = path.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var _ = protect(file, FILE);
    if (tryLock(channel)) {
      return channel;
    }
    channel.close();
    throw new HeldElsewhereException(
        "another Chasqui uses the data directory "
            + path.toAbsolutePath()
            + "; stop it, or give this one another with --data");
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException _) {
      // This process itself has it.
      return false;
    }
  }

  /// Takes from others what an earlier version, or a copy with `cp`, left readable for them.
  private void mend() throws IOException {
    int mended = protectAll();
    if (mended > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "other users could read {0} of the files and folders in {1}; now only this user can",
          mended,
          path.toAbsolutePath());
    }
  }

  /// Takes from others what libraries have made in it meanwhile.
  void protect() {
    try {
      var _ = protectAll();
    } catch (IOException e) {
      throw new StartException(
          "cannot set the rights of files in " + path.toAbsolutePath() + ": " + FileFault.of(e), e);
    }
  }

  private int protectAll() throws IOException {
    Mending mending = new Mending();
    Files.walkFileTree(path, mending);
    return mending.mended;
  }

  /// Goes over all files. The journal and the store make, rename and delete some meanwhile, each
  /// with the right rights.
  private static final class Mending extends SimpleFileVisitor<Path> {

    private int mended;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      mended += protect(folder, DIRECTORY) ? 1 : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      mended += protect(file, FILE) ? 1 : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
      if (fault instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw fault;
    }
  }

  /// @return whether others had more rights than they should
  private static boolean protect(Path file, Set<PosixFilePermission> wanted) throws IOException {
    try {
      boolean hasOwners = Files.getFileStore(file).supportsFileAttributeView("posix");
      if (!hasOwners || Files.isSymbolicLink(file)) {
        return false;
      }
      boolean isOpen = !wanted.containsAll(Files.getPosixFilePermissions(file));
      if (isOpen) {
        Files.setPosixFilePermissions(file, wanted);
      }
      return isOpen;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /// A folder for what libraries unpack; emptied at start and when they have loaded it.
  Path scratch() {
    Path scratch = path.resolve(SCRATCH);
    try {
      makePrivate(scratch);
      return scratch;
    } catch (IOException e) {
      throw new StartException(
          "cannot make the folder " + scratch.toAbsolutePath() + ": " + FileFault.of(e), e);
    }
  }

  /// Deletes what was unpacked. A library that is loaded stays loaded; where the system keeps its
  /// file until then, the next start deletes it.
  void clearScratch() {
    Path scratch = path.resolve(SCRATCH);
    if (!Files.isDirectory(scratch)) {
      return;
    }
    try (Stream<Path> files = Files.list(scratch)) {
      List<Path> left = files.toList();
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "what was unpacked is deleted at the next start", e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
