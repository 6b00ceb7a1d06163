package dev.chasqui.store.sql;

import dev.chasqui.model.Ulid;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The columns of a contact that hold a [Reach]: marks of 16 bytes one after the other, a byte for
/// each failure's threshold, and 8 bytes for each sign of life, of which only the time counts.
final class Marks {

  private static final int MOST_THRESHOLD = 255;

  private Marks() {}

  static Reach reach(ResultSet row) throws SQLException {
    Ulid decided = mark(row, "decided_by");
    return new Reach(
        mark(row, "reset_by"),
        signs(row.getBytes("signs")),
        failures(row.getBytes("failed_by"), row.getBytes("thresholds")),
        decided == null ? null : new Reach.Decision(decided, Columns.truth(row, "decided_active")),
        mark(row, "tripped_by"));
  }

  static byte @Nullable [] bytes(@Nullable Ulid mark) {
    return mark == null ? null : mark.toBytes();
  }

  static byte @Nullable [] ofFailures(SortedSet<Failure> failures) {
    if (failures.isEmpty()) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(failures.size() * Ulid.BYTES);
    failures.forEach(f -> buffer.put(f.mark().toBytes()));
    return buffer.array();
  }

  /// Rows without any threshold are as they were before there were thresholds.
  static byte @Nullable [] thresholds(SortedSet<Failure> failures) {
    boolean hasAny = false;
    for (Failure failure : failures) {
      hasAny |= failure.threshold() != 0;
    }
    if (!hasAny) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(failures.size());
    failures.forEach(f -> buffer.put((byte) Math.min(f.threshold(), MOST_THRESHOLD)));
    return buffer.array();
  }

  static byte @Nullable [] ofSigns(SortedSet<Ulid> signs) {
    if (signs.isEmpty()) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(signs.size() * Long.BYTES);
    signs.forEach(s -> buffer.putLong(s.time().toEpochMilli()));
    return buffer.array();
  }

  private static @Nullable Ulid mark(ResultSet row, String column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : Ulid.fromBytes(bytes);
  }

  private static SortedSet<Ulid> signs(byte @Nullable [] bytes) {
    if (bytes == null) {
      return Reach.NO_SIGNS;
    }
    SortedSet<Ulid> signs = new TreeSet<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      signs.add(Reach.last(Instant.ofEpochMilli(buffer.getLong())));
    }
    return signs;
  }

  private static SortedSet<Failure> failures(
      byte @Nullable [] marks, byte @Nullable [] thresholds) {
    if (marks == null) {
      return Reach.NO_FAILURES;
    }
    SortedSet<Failure> failures = new TreeSet<>(Failure.ORDER);
    ByteBuffer buffer = ByteBuffer.wrap(marks);
    byte[] mark = new byte[Ulid.BYTES];
    for (int i = 0; buffer.hasRemaining(); i++) {
      buffer.get(mark);
      int threshold = thresholds == null ? 0 : Byte.toUnsignedInt(thresholds[i]);
      failures.add(new Failure(Ulid.fromBytes(mark), threshold, null));
    }
    return failures;
  }
}
