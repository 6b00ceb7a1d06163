package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A segment's bytes by position, as a reader sees them: the newest from memory, all others from
/// the file, which is opened when the first of them is wanted. For one read of one thread.
final class SegmentBytes implements FrameWindow.Source, AutoCloseable {

  private final Disk disk;
  private final Recent recent;
  private final Segment segment;
  private Disk.@Nullable File file;

  SegmentBytes(Disk disk, Recent recent, Segment segment) {
    this.disk = disk;
    this.recent = recent;
    this.segment = segment;
  }

  /// A window on the frames before a position, of which those from another on are to be read.
  ///
  /// @param stretch as [FrameWindow] wants it
  FrameWindow window(long from, long limit, byte[] stretch) throws IOException {
    // The file may have been cut short behind what is in memory.
    long end =
        recent.holds(from, limit) ? limit : Math.min(limit, segment.base() + opened().size());
    return new FrameWindow(this, end, stretch);
  }

  @Override
  public void read(ByteBuffer bytes, long position) throws IOException {
    if (!recent.read(bytes, position)) {
      opened().read(bytes, position - segment.base());
    }
  }

  private Disk.File opened() throws IOException {
    Disk.File open = file;
    if (open == null) {
      open = disk.openToRead(segment.path());
      file = open;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
