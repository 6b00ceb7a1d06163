package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentTest {

  private final Recent recent = new Recent(10);

  @Test
  void tellsWhatWasAddedLast() {
    add(100, 1, 2, 3, 4);
    add(104, 5, 6, 7, 8);
    assertThat(read(100, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(read(103, 2)).containsExactly(4, 5);
  }

  @Test
  void forgetsTheOldestBytes() {
    add(100, 1, 2, 3, 4, 5, 6);
    add(106, 7, 8, 9, 10, 11, 12);
    assertThat(read(101, 2)).as("begins before what is held").isNull();
    assertThat(read(102, 10)).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(recent.holds(101, 102)).isFalse();
    assertThat(recent.holds(102, 112)).isTrue();
  }

  @Test
  void tellsNothingBehindItsEnd() {
    add(100, 1, 2, 3);
    assertThat(read(102, 2)).isNull();
    assertThat(read(103, 1)).isNull();
  }

  /// The next segment, or the end of a batch whose beginning was too large to be kept.
  @Test
  void beginsAnewWhereThereIsAGap() {
    add(100, 1, 2, 3);
    add(200, 4, 5);
    assertThat(read(100, 3)).isNull();
    assertThat(read(199, 1)).isNull();
    assertThat(read(200, 2)).containsExactly(4, 5);
  }

  @Test
  void takesNoMoreThanItKeeps() {
    assertThatThrownBy(() -> recent.add(ByteBuffer.allocate(11), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void add(long position, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    recent.add(bytes.flip(), position);
  }

  private byte @Nullable [] read(long position, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    return recent.read(bytes, position) ? bytes.array() : null;
  }
}
