package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.util.List;
import java.util.function.Function;

/// Pages: of lists that are read whole (endpoints, accounts, numbers), cut by key, and of lists
/// that the store cuts.
final class ListPage {

  private ListPage() {}

  /// @param sorted by key, ascending; the cursor is the last key told
  static <T> Response of(
      PageRequest page, List<T> sorted, Function<T, String> key, Function<T, JsonAnswer> writer) {
    return JsonAnswer.page(cut(page, sorted, key), writer);
  }

  private static <T> Page<T> cut(PageRequest page, List<T> sorted, Function<T, String> key) {
    String cursor = page.cursor();
    List<T> rest =
        sorted.stream()
            .filter(it -> cursor == null || key.apply(it).compareTo(cursor) > 0)
            .limit(page.limit() + 1L)
            .toList();
    if (rest.size() <= page.limit()) {
      return new Page<>(rest, null);
    }
    List<T> told = rest.subList(0, page.limit());
    return new Page<>(told, key.apply(told.getLast()));
  }

  /// The same with a writer that looks up what it needs for all that is told.
  static <T> Response ofAll(
      PageRequest page,
      List<T> sorted,
      Function<T, String> key,
      Function<List<T>, Function<T, JsonAnswer>> writer) {
    Page<T> cut = cut(page, sorted, key);
    return JsonAnswer.page(cut, writer.apply(cut.data()));
  }

  /// @param read asks the store, which refuses a cursor that it did not give
  static <T> Response read(
      PageRequest page, Function<PageRequest, Page<T>> read, Function<T, JsonAnswer> writer) {
    return JsonAnswer.page(page(page, read), writer);
  }

  /// @param read asks the store, which refuses a cursor that it did not give
  static <T> Page<T> page(PageRequest page, Function<PageRequest, Page<T>> read) {
    try {
      return read.apply(page);
    } catch (IllegalArgumentException e) {
      throw OperatorCall.badQuery("cursor", "is not one that a list gave");
    }
  }
}
