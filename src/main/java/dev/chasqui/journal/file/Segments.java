package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// The segments there are, by base. The writer adds at the end, retention takes away at the front,
/// readers look up; all at the same time.
final class Segments {

  private final ConcurrentSkipListMap<Long, Segment> byBase = new ConcurrentSkipListMap<>();
  private final AtomicLong bytesUsed = new AtomicLong();

  void add(Segment segment) {
    byBase.put(segment.base(), segment);
    bytesUsed.addAndGet(segment.end() - segment.base());
  }

  /// Deletes a segment's file and forgets it. A reader that has it open may read on.
  void delete(Segment segment) throws IOException {
    Files.deleteIfExists(segment.path());
    if (byBase.remove(segment.base(), segment)) {
      bytesUsed.addAndGet(segment.base() - segment.end());
    }
  }

  /// The last segment that begins at or before a position, or the first one there is.
  Optional<Segment> at(long position) {
    Map.Entry<Long, Segment> entry = byBase.floorEntry(position);
    return Optional.ofNullable(entry == null ? byBase.firstEntry() : entry)
        .map(Map.Entry::getValue);
  }

  Optional<Segment> after(Segment segment) {
    return Optional.ofNullable(byBase.higherEntry(segment.base())).map(Map.Entry::getValue);
  }

  Optional<Segment> last() {
    return Optional.ofNullable(byBase.lastEntry()).map(Map.Entry::getValue);
  }

  /// Where the oldest record stands or would stand; the limit if there is none before it.
  long head(long limit) {
    Map.Entry<Long, Segment> first = byBase.firstEntry();
    return first == null ? limit : Math.min(limit, first.getValue().first());
  }

  List<Segment> all() {
    return new ArrayList<>(byBase.values());
  }

  long bytesUsed() {
    return bytesUsed.get();
  }

  /// Renames a prepared file to its place.
  static Path place(Path prepared, Path directory, long base) throws IOException {
    return Files.move(prepared, directory.resolve(Segment.fileName(base)));
  }
}
