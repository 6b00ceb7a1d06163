package dev.chasqui.projection;

import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Succession;
import dev.chasqui.store.LedgerStore.Folded;
import dev.chasqui.store.LedgerStore.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts a run in the order of one of the fold's tables, so that a slice touches few pages: sorted
/// by another table's key, each item would dirty a page of its own.
final class FoldOrder {

  private FoldOrder() {}

  /// The items that a table has something to keep of, in its order.
  static List<Folded> of(Part part, List<Folded> items) {
    return switch (part) {
      case KEYS, MESSAGES -> byKey(items);
      case MENTIONS -> byHash(items);
      case CONTACTS -> byUser(items);
      case SUBMISSIONS -> bySubmission(items);
    };
  }

  /// Submissions are few beside what platforms send, and most of them need no row.
  private static List<Folded> bySubmission(List<Folded> items) {
    List<Folded> named = new ArrayList<>();
    for (Folded item : items) {
      boolean names =
          switch (item.notification()) {
            case Notification.Submitted _ -> true;
            case Notification.Status status -> status.report().submission() != null;
            case Notification.Message _,
                Notification.Echo _,
                Notification.Call _,
                Notification.Problem _,
                Notification.Change _ ->
                false;
          };
      if (names) {
        named.add(item);
      }
    }
    return named;
  }

  private static List<Folded> byKey(List<Folded> items) {
    List<Folded> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(Folded::key));
    return sorted;
  }

  private static List<Folded> byHash(List<Folded> items) {
    List<Hashed> hashed = new ArrayList<>(items.size());
    for (Folded item : items) {
      // A repeat is kept under its own id as well, so it is never left out.
      hashed.add(new Hashed(ItemKeys.idHash(user(item)), item));
    }
    hashed.sort(Comparator.comparingLong(Hashed::hash));
    return hashed.stream().map(Hashed::item).toList();
  }

  private static List<Folded> byUser(List<Folded> items) {
    List<Folded> named = new ArrayList<>(items.size());
    for (Folded item : items) {
      if (!user(item).isEmpty()) {
        named.add(item);
      }
    }
    named.sort(
        Comparator.comparing((Folded it) -> it.workspace().value()).thenComparing(FoldOrder::user));
    return named;
  }

  private static String user(Folded item) {
    String id = item.notification().user().id();
    return id == null ? changed(item) : id;
  }

  /// A user whose ids have changed stands where the former one did.
  private static String changed(Folded item) {
    for (Succession succession : item.aside().successions()) {
      String id = succession.former().id();
      return id == null ? "" : id;
    }
    return "";
  }

  private record Hashed(long hash, Folded item) {}
}
