package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.util.function.Function;

/// Pages of lists that the store cuts.
final class ListPage {

  private ListPage() {}

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
