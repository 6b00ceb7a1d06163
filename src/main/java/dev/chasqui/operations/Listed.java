package dev.chasqui.operations;

import dev.chasqui.store.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param nextCursor what the next page is asked for with, null if this is the last
/// @param <T> an item
public record Listed<T>(List<T> data, @Nullable String nextCursor) {

  public Listed {
    data = List.copyOf(data);
  }

  /// A page of the store's, each row told.
  public static <R, T> Listed<T> of(Page<R> page, Function<? super R, T> teller) {
    return new Listed<>(page.data().stream().<T>map(teller).toList(), page.nextCursor());
  }

  /// A page of a list that is read whole and sorted by key, ascending; the cursor is the last key
  /// told.
  public static <R, T> Listed<T> cut(
      Paging paging, List<R> sorted, Function<R, String> key, Function<? super R, T> teller) {
    String cursor = paging.cursor();
    List<R> rest =
        sorted.stream()
            .filter(it -> cursor == null || key.apply(it).compareTo(cursor) > 0)
            .limit(paging.limitOrDefault() + 1L)
            .toList();
    if (rest.size() <= paging.limitOrDefault()) {
      return of(new Page<>(rest, null), teller);
    }
    List<R> told = rest.subList(0, paging.limitOrDefault());
    return of(new Page<>(told, key.apply(told.getLast())), teller);
  }

  /// Asks the store for a page; a cursor that it did not give is refused.
  public static <R, T> Listed<T> read(
      Paging paging, Reading<R> reading, Function<? super R, T> teller) {
    Page<R> page;
    try {
      page = reading.read(paging.request());
    } catch (IllegalArgumentException e) {
      throw Refusal.badQuery("cursor", "is not one that a list gave");
    }
    return of(page, teller);
  }

  /// Reads a page of the store's.
  ///
  /// @param <R> a row
  @FunctionalInterface
  public interface Reading<R> {

    /// @throws IllegalArgumentException if the cursor is none of the store's
    Page<R> read(dev.chasqui.store.PageRequest page);
  }
}
