package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The real disk, with faults that a test switches on and off.
final class FaultyDisk implements Disk {

  /// Free space to tell instead of the real one, if not negative.
  volatile long usableSpace = -1;

  volatile boolean isForceFailing;
  volatile boolean isZeroFillFailing;

  /// How many bytes of each write are written before it fails; negative if writes go well.
  volatile int bytesUntilFull = -1;

  /// How many writes go well before one does not, after which all do again; negative if all do.
  final AtomicInteger writesUntilFull = new AtomicInteger(-1);

  /// How many writes go well before one fails that has room; negative if all do.
  final AtomicInteger writesUntilFault = new AtomicInteger(-1);

  /// What the next write throws for a bug of ours, null for nothing.
  volatile @Nullable RuntimeException bugInWrite;

  /// The same for the next filling with zeros.
  volatile @Nullable RuntimeException bugInZeroFill;

  final AtomicInteger forces = new AtomicInteger();

  /// Where in its file each write began.
  final Queue<Long> writeStarts = new ConcurrentLinkedQueue<>();

  /// Where in its file each write ended.
  final Queue<Long> writeEnds = new ConcurrentLinkedQueue<>();

  /// What an fsync waits for.
  final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

  /// What the filling with zeros waits for.
  final AtomicReference<CountDownLatch> zeroFillGate = new AtomicReference<>(new CountDownLatch(0));

  private final Disk real = new RealDisk();

  @Override
  public File open(Path path) throws IOException {
    return new FaultyFile(real.open(path));
  }

  /// Through the page cache: a write that fails in the middle of a page is not possible past it.
  @Override
  public File openToWrite(Path path) throws IOException {
    return open(path);
  }

  @Override
  public File openToRead(Path path) throws IOException {
    return real.openToRead(path);
  }

  @Override
  public void zeroFill(Path path, long size, Rest rest) throws IOException {
    RuntimeException bug = bugInZeroFill;
    if (bug != null) {
      bugInZeroFill = null;
      throw bug;
    }
    await(zeroFillGate.get());
    if (isZeroFillFailing) {
      real.zeroFill(path, size / 2, rest);
      throw noSpace();
    }
    real.zeroFill(path, size, rest);
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    return usableSpace >= 0 ? usableSpace : real.usableSpace(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    real.syncDirectory(directory);
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static IOException noSpace() {
    return new IOException("No space left on device");
  }

  private final class FaultyFile implements File {

    private final File file;

    FaultyFile(File file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      writeStarts.add(offset);
      writeEnds.add(offset + bytes.remaining());
      RuntimeException bug = bugInWrite;
      if (bug != null) {
        throw bug;
      }
      if (writesUntilFault.get() >= 0 && writesUntilFault.getAndDecrement() == 0) {
        throw new IOException("Input/output error");
      }
      if (writesUntilFull.get() >= 0 && writesUntilFull.getAndDecrement() == 0) {
        throw noSpace();
      }
      int limit = bytesUntilFull;
      if (limit >= 0) {
        file.write(bytes.slice(bytes.position(), Math.min(limit, bytes.remaining())), offset);
        throw noSpace();
      }
      file.write(bytes, offset);
    }

    @Override
    public void read(ByteBuffer bytes, long offset) throws IOException {
      file.read(bytes, offset);
    }

    @Override
    public void force() throws IOException {
      forces.incrementAndGet();
      FaultyDisk.await(gate.get());
      if (isForceFailing) {
        throw new IOException("Input/output error");
      }
      file.force();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
