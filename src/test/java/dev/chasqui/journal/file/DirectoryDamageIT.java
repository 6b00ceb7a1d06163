package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are missing, short or garbled: the journal opens, tells it, and goes on.
class DirectoryDamageIT {

  private static final int RECORDS = 100;

  @TempDir Path directory;

  private List<Path> segments = List.of();

  @BeforeEach
  void fillSomeSegments() {
    try (FileJournal journal = JournalImages.open(directory)) {
      LongStream.rangeClosed(1, RECORDS)
          .forEach(number -> Appends.durable(journal, Facts.webhook(number, 1_000)));
      JournalImages.await(
          "the next segment is prepared",
          () -> Files.exists(directory.resolve(SegmentPreparer.READY_NAME)));
    }
    segments = JournalImages.segments(directory);
    assertThat(segments).hasSizeGreaterThan(3);
  }

  @Test
  void opensCleanlyWhereItEnded() {
    try (FileJournal journal = JournalImages.open(directory)) {
      assertThat(journal.recovery().isClean()).isTrue();
      Appends.durable(journal, Facts.webhook(RECORDS + 1));
      assertThat(JournalImages.numbers(journal)).isEqualTo(numbers(1, RECORDS + 1));
    }
    assertThat(JournalImages.segments(directory)).isEqualTo(segments);
  }

  @Test
  void missingSegmentLosesItsOwnRecordsAlone() throws IOException {
    Files.delete(segments.get(1));

    assertOpensAndGoesOn();
  }

  @Test
  void missingLastSegmentLosesItsOwnRecordsAlone() throws IOException {
    Files.delete(segments.getLast());

    assertOpensAndGoesOn();
  }

  @Test
  void emptyLastSegmentLosesItsOwnRecordsAlone() throws IOException {
    truncate(segments.getLast(), 0);

    assertOpensAndGoesOn();
  }

  @Test
  void shortSegmentInTheMiddleIsTold() throws IOException {
    truncate(segments.get(1), 9_000);

    assertThat(assertOpensAndGoesOn()).anyMatch(finding -> finding.contains("cut short"));
  }

  @Test
  void segmentOfAFewBytesIsTold() throws IOException {
    truncate(segments.getLast(), 17);

    assertThat(assertOpensAndGoesOn()).anyMatch(finding -> finding.contains("cut short"));
  }

  @Test
  void garbledHeadersLoseNothing() throws IOException {
    for (Path segment : segments) {
      overwrite(segment, ByteBuffer.allocate(Segment.HEADER_BYTES));
    }
    try (FileJournal journal = JournalImages.open(directory)) {
      assertThat(journal.recovery().findings()).hasSize(segments.size());
      assertThat(JournalImages.numbers(journal)).isEqualTo(numbers(1, RECORDS));
      Appends.durable(journal, Facts.webhook(RECORDS + 1));
    }
  }

  @Test
  void garbledSealLosesNothing() throws IOException {
    Path first = segments.getFirst();
    byte[] bytes = Files.readAllBytes(first);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    bytes[end - 1] ^= 0x11;
    Files.write(first, bytes);

    try (FileJournal journal = JournalImages.open(directory)) {
      assertThat(JournalImages.numbers(journal)).isEqualTo(numbers(1, RECORDS));
    }
  }

  @Test
  void newerFormatIsNotTouched() throws IOException {
    ByteBuffer header = Segment.header(0, JournalImages.SEGMENT_BYTES, Segment.FORMAT_VERSION + 1);
    overwrite(segments.getFirst(), header);

    assertThatThrownBy(() -> JournalImages.open(directory))
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.UNUSABLE));
  }

  @Test
  void fileThatWasOnlyPreparedIsNoSegment() {
    assertThat(directory.resolve(SegmentPreparer.READY_NAME)).exists();
    assertThat(JournalImages.segments(directory)).hasSize(segments.size());
  }

  @Test
  void halfPreparedFileIsMadeAnew() throws IOException {
    Files.deleteIfExists(directory.resolve(SegmentPreparer.READY_NAME));
    Files.write(directory.resolve(SegmentPreparer.UNFINISHED_NAME), new byte[] {1, 2, 3});

    assertOpensAndGoesOn();
  }

  @Test
  void nothingNewStandsBeforeWhereReadersHaveBeen() throws IOException {
    long seen;
    try (FileJournal journal = JournalImages.open(directory)) {
      seen = journal.tail();
    }
    for (Path segment : segments.subList(1, segments.size())) {
      Files.delete(segment);
    }

    try (FileJournal journal = FileJournal.open(directory, JournalImages.SMALL, seen)) {
      assertThat(journal.recovery().findings()).isNotEmpty();
      assertThat(Appends.durable(journal, Facts.webhook(1_000))).isGreaterThanOrEqualTo(seen);
      assertThat(journal.read(seen, 10, 1 << 20).entries()).hasSize(1);
    }
  }

  /// Opens, appends over the next segments, and opens again.
  ///
  /// @return what the first opening found
  private List<String> assertOpensAndGoesOn() {
    List<String> findings;
    try (FileJournal journal = JournalImages.open(directory)) {
      findings = journal.recovery().findings();
      assertThat(JournalImages.numbers(journal)).startsWith(1L).isSorted().doesNotHaveDuplicates();
      LongStream.rangeClosed(1_001, 1_100)
          .forEach(number -> Appends.durable(journal, Facts.webhook(number, 1_000)));
      assertThat(JournalImages.numbers(journal)).containsAll(numbers(1_001, 1_100)).isSorted();
    }
    try (FileJournal journal = JournalImages.open(directory)) {
      assertThat(JournalImages.numbers(journal)).containsAll(numbers(1_001, 1_100)).isSorted();
    }
    return findings;
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void overwrite(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(bytes, 0);
    }
  }
}
