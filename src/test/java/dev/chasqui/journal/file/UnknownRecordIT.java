package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.journal.Appends;
import dev.chasqui.journal.FactCodec;
import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.Journal.Damage;
import dev.chasqui.journal.JournalException;
import dev.chasqui.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record that a newer version wrote is read past, and told.
class UnknownRecordIT {

  private static final byte KIND_OF_TOMORROW = 0x33;

  @TempDir Path directory;

  @Test
  void recordOfAKindNotKnownIsSkippedAndTold() throws Exception {
    long unknown;
    try (FileJournal journal = JournalImages.open(directory)) {
      Appends.durable(journal, Facts.webhook(1));
      unknown = journal.tail();
    }
    writeRecordOfTomorrow(unknown);

    try (FileJournal journal = JournalImages.open(directory)) {
      assertThat(journal.recovery().findings()).isEmpty();
      Appends.durable(journal, Facts.webhook(2));
      Journal.Batch batch = journal.read(0, 10, 1 << 20);

      assertThat(JournalImages.numbers(journal)).containsExactly(1L, 2L);
      assertThat(batch.damages())
          .singleElement()
          .extracting(Damage::from, Damage::what)
          .satisfiesExactly(
              from -> assertThat(from).isEqualTo(unknown),
              what -> assertThat(what).asString().contains("kind 51"));
      assertThatThrownBy(() -> journal.readAt(unknown))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("kind 51");
    }
  }

  private void writeRecordOfTomorrow(long position) throws Exception {
    Bytes frame = FactCodec.encode(Facts.webhook(9), Frame.HEAD_BYTES);
    frame.array()[Frame.HEAD_BYTES] = KIND_OF_TOMORROW;
    Frame.finish(frame.array(), frame.length(), position);
    Path segment = JournalImages.segments(directory).getFirst();
    try (Disk.File file = new RealDisk().open(segment)) {
      file.write(ByteBuffer.wrap(frame.array(), 0, frame.length()), position);
    }
  }
}
