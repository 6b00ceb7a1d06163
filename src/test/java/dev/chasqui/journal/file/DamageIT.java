package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.Journal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a power cut or a bad disk may leave behind, byte by byte over the last three records.
class DamageIT {

  private static final int RECORDS = 8;
  private static final int ANY = 1 << 20;

  @TempDir Path home;

  private Path image;
  private List<Entry> entries = List.of();
  private long tail;
  private int copies;

  @BeforeEach
  void makeImage() {
    image = home.resolve("image");
    try (FileJournal journal = JournalImages.open(image)) {
      for (int number = 1; number <= RECORDS; number++) {
        boolean isSmall = number % 2 == 0;
        Fact fact = isSmall ? Facts.duplicate(number) : Facts.webhook(number, 40);
        Appends.durable(journal, fact);
      }
      entries = JournalImages.entries(journal);
      tail = journal.tail();
    }
  }

  @Test
  void garbledByteLosesItsOwnRecordAloneAndIsTold() throws IOException {
    for (long at = thirdLast().position(); at < tail; at++) {
      Path copy = copy();
      garble(copy, at);

      Recovery.Found found = recover(copy);

      Entry hit = entryAt(at);
      boolean isPadding = at >= hit.position() + frameLength(hit);
      boolean isLast = hit.equals(entries.getLast());
      assertThat(numbersIn(found))
          .as("garbled at %d", at)
          .isEqualTo(isPadding ? numbersBut(0) : numbersBut(Facts.number(hit.fact())));
      assertThat(found.report().findings()).as("garbled at %d", at).hasSize(isPadding ? 0 : 1);
      assertThat(found.resumed().isPresent()).isEqualTo(isPadding || !isLast);
    }
  }

  @Test
  void everyCutOffTailKeepsWhatStandsBeforeIt() throws IOException {
    for (long at = thirdLast().position(); at <= tail; at++) {
      Path copy = copy();
      zeroFrom(copy, at);

      Recovery.Found found = recover(copy);

      assertThat(numbersIn(found)).as("zeros from %d", at).isEqualTo(numbersWholeBefore(at));
    }
  }

  @Test
  void everyShortenedFileKeepsWhatStandsBeforeItsEnd() throws IOException {
    for (long at = thirdLast().position(); at <= tail; at++) {
      Path copy = copy();
      truncate(copy, at);

      Recovery.Found found = recover(copy);

      assertThat(numbersIn(found)).as("cut at %d", at).isEqualTo(numbersWholeBefore(at));
      assertThat(found.report().findings()).as("cut at %d", at).isNotEmpty();
      assertThat(found.resumed()).isEmpty();
    }
  }

  @Test
  void newRecordsNeverStandWhereAnOldOneStood() throws IOException {
    for (long at = entries.getLast().position(); at < tail; at += 5) {
      Path copy = copy();
      garble(copy, at);
      try (FileJournal journal = JournalImages.open(copy)) {
        long position = Appends.durable(journal, Facts.webhook(99));

        assertThat(position).isGreaterThanOrEqualTo(tail);
        assertThat(journal.read(tail, ANY, ANY).entries())
            .as("what a reader sees that had read all")
            .extracting(entry -> Facts.number(entry.fact()))
            .containsExactly(99L);
      }
      try (FileJournal journal = JournalImages.open(copy)) {
        assertThat(journal.recovery().findings()).isEmpty();
        assertThat(JournalImages.numbers(journal)).endsWith(99L);
      }
    }
  }

  @Test
  void readingTellsTheDamagedStretch() throws IOException {
    Entry lost = entries.get(3);
    garble(image, lost.position() + 20);
    try (FileJournal journal = JournalImages.open(image)) {
      List<Journal.Damage> damages = new ArrayList<>();
      Journal.Batch batch = journal.read(0, ANY, ANY);
      damages.addAll(batch.damages());

      assertThat(batch.entries()).hasSize(RECORDS - 1);
      assertThat(damages)
          .singleElement()
          .satisfies(
              damage -> {
                assertThat(damage.from()).isEqualTo(lost.position());
                assertThat(damage.to()).isEqualTo(lost.next());
              });
    }
  }

  @Test
  void bytesOfAnotherPlaceAreNoRecord() throws IOException {
    Entry first = entries.getFirst();
    ByteBuffer moved = ByteBuffer.allocate((int) (first.next() - first.position()));
    try (FileChannel channel = channel(image)) {
      channel.read(moved, first.position());
      channel.write(moved.flip(), tail);
    }

    Recovery.Found found = recover(image);

    assertThat(numbersIn(found)).isEqualTo(numbersBut(0));
    assertThat(found.report().tail()).isEqualTo(tail);
    assertThat(found.resumed()).isEmpty();
  }

  private Entry thirdLast() {
    return entries.get(RECORDS - 3);
  }

  private Path copy() throws IOException {
    Path copy = home.resolve("copy-" + copies++);
    JournalImages.copy(image, copy);
    return copy;
  }

  private static Recovery.Found recover(Path directory) throws IOException {
    return new Recovery(directory, new RealDisk(), JournalImages.SEGMENT_BYTES).run(0);
  }

  private static List<Long> numbersIn(Recovery.Found found) {
    Watermark tail = new Watermark(found.report().tail());
    JournalReader reader = new JournalReader(new RealDisk(), new Recent(1), found.segments(), tail);
    List<Long> numbers = new ArrayList<>();
    Journal.Batch batch = reader.read(0, ANY, ANY);
    while (!batch.entries().isEmpty()) {
      batch.entries().forEach(entry -> numbers.add(Facts.number(entry.fact())));
      batch = reader.read(batch.next(), ANY, ANY);
    }
    return numbers;
  }

  private List<Long> numbersBut(long lost) {
    return entries.stream().map(e -> Facts.number(e.fact())).filter(n -> n != lost).toList();
  }

  private List<Long> numbersWholeBefore(long position) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.position() + frameLength(entry) <= position) {
        numbers.add(Facts.number(entry.fact()));
      }
    }
    return numbers;
  }

  private Entry entryAt(long position) {
    return entries.stream().filter(entry -> position < entry.next()).findFirst().orElseThrow();
  }

  private int frameLength(Entry entry) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    try (FileChannel channel = channel(image)) {
      channel.read(length, entry.position());
    }
    return length.getInt(0);
  }

  private static void garble(Path directory, long at) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    try (FileChannel channel = channel(directory)) {
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 0x55)).rewind();
      channel.write(one, at);
    }
  }

  private void zeroFrom(Path directory, long at) throws IOException {
    try (FileChannel channel = channel(directory)) {
      channel.write(ByteBuffer.allocate((int) (tail - at)), at);
    }
  }

  private static void truncate(Path directory, long at) throws IOException {
    try (FileChannel channel = channel(directory)) {
      channel.truncate(at);
    }
  }

  /// All records stand in the first segment, whose base is 0: a position is an offset.
  private static FileChannel channel(Path directory) throws IOException {
    Path first = JournalImages.segments(directory).getFirst();
    assertThat(Files.exists(first)).isTrue();
    return FileChannel.open(first, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
