package dev.chasqui.store.sql;

import dev.chasqui.store.Page;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pages of lists that are ordered by id, newest first; the cursor is the last id of a page.
final class Pages {

  private static final int ID_BYTES = 16;

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

  /// @param found up to one more than the limit, which tells whether there is a next page
  static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> data = found.subList(0, limit);
    return new Page<>(data, cursor.apply(data.getLast()));
  }
}
