package dev.chasqui.store.sql;

import dev.chasqui.store.Page;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Pages of lists that are ordered by id, newest first; the cursor is the last id of a page.
final class Pages {

  private static final int ID_BYTES = 16;

  /// Characters of texts on a page, about.
  private static final long MAX_WEIGHT = 1 << 20;

  private Pages() {}

  /// The id before which a page begins: above all ids for the first.
  ///
  /// @throws IllegalArgumentException if the cursor is none
  static byte[] before(@Nullable String cursor, Function<String, byte[]> parser) {
    return cursor == null ? aboveAll() : parser.apply(cursor);
  }

  static byte[] aboveAll() {
    byte[] bytes = new byte[ID_BYTES];
    Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }

  /// The same, ended early where its rows weigh too much together; it has one row at least.
  static <T> Page<T> of(
      List<T> found, int limit, ToLongFunction<T> weight, Function<T, String> cursor) {
    long sum = 0;
    for (int i = 0; i < Math.min(found.size(), limit); i++) {
      sum += weight.applyAsLong(found.get(i));
      if (sum > MAX_WEIGHT && i + 1 < found.size()) {
        return of(found.subList(0, i + 2), i + 1, cursor);
      }
    }
    return of(found, limit, cursor);
  }

  /// @param found up to one more than the limit, which tells whether there is a next page
  static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> data = found.subList(0, limit);
    return new Page<>(data, cursor.apply(data.getLast()));
  }
}
