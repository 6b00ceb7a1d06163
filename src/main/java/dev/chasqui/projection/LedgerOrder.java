package dev.chasqui.projection;

import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Succession;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.LedgerStore.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts a run in the order of one of the ledger's tables, so that a slice touches few pages: sorted
/// by another table's key, each item would dirty a page of its own.
final class LedgerOrder {

  private LedgerOrder() {}

  /// The items that a table has something to keep of, in its order.
  static List<LedgerItem> of(Part part, List<LedgerItem> items) {
    return switch (part) {
      case KEYS, MESSAGES -> byKey(items);
      case MENTIONS -> byHash(items);
      case CONTACTS -> byUser(items);
      case SUBMISSIONS -> bySubmission(items);
    };
  }

  /// Submissions are few beside what platforms send, and most of them need no row.
  private static List<LedgerItem> bySubmission(List<LedgerItem> items) {
    List<LedgerItem> named = new ArrayList<>();
    for (LedgerItem item : items) {
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

  private static List<LedgerItem> byKey(List<LedgerItem> items) {
    List<LedgerItem> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(LedgerItem::key));
    return sorted;
  }

  private static List<LedgerItem> byHash(List<LedgerItem> items) {
    List<Hashed> hashed = new ArrayList<>(items.size());
    for (LedgerItem item : items) {
      // A repeat is kept under its own id as well, so it is never left out.
      hashed.add(new Hashed(ItemKeys.idHash(user(item)), item));
    }
    hashed.sort(Comparator.comparingLong(Hashed::hash));
    return hashed.stream().map(Hashed::item).toList();
  }

  private static List<LedgerItem> byUser(List<LedgerItem> items) {
    List<LedgerItem> named = new ArrayList<>(items.size());
    for (LedgerItem item : items) {
      if (!user(item).isEmpty()) {
        named.add(item);
      }
    }
    named.sort(
        Comparator.comparing((LedgerItem it) -> it.workspace().value())
            .thenComparing(LedgerOrder::user));
    return named;
  }

  private static String user(LedgerItem item) {
    String id = item.notification().user().id();
    return id == null ? changed(item) : id;
  }

  /// A user whose ids have changed stands where the former one did.
  private static String changed(LedgerItem item) {
    for (Succession succession : item.contactContext().successions()) {
      String id = succession.former().id();
      return id == null ? "" : id;
    }
    return "";
  }

  private record Hashed(long hash, LedgerItem item) {}
}
