package dev.chasqui.store.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Gathers what a slice and the store know of contacts, and joins what turns out to be one: two
/// entries become one as soon as something names both ids, or says that one came after the other.
final class ContactJoin {

  private final ContactAliases aliases;
  private final Map<Ref, Entry> byKey = new HashMap<>();
  private final Map<Ref, Ref> keyOfUser = new HashMap<>();
  private final Set<Ref> stored = new HashSet<>();

  ContactJoin(ContactAliases aliases) {
    this.aliases = aliases;
  }

  void addStored(Stored row) {
    if (stored.add(row.ref())) {
      add(
          row.ref().workspace(),
          new Entry(row.contact(), row.contact().isOnFallback(), List.of(row.ref())));
    }
  }

  void add(String workspace, Contact contact) {
    add(workspace, new Entry(contact, false, List.of()));
  }

  private void add(String workspace, Entry entry) {
    Contact.Ids told = entry.contact().ids();
    Contact.Ids ids = aliases.current(workspace, told);
    if (ids.waId() == null && ids.userId() == null) {
      return;
    }
    Entry whole =
        ids.equals(told)
            ? entry
            : new Entry(entry.contact().as(ids), entry.wasOnFallback(), entry.rows());
    String userId = ids.userId();
    if (userId != null) {
      Ref user = new Ref(workspace, userId);
      Ref known = keyOfUser.get(user);
      Entry other = known == null ? null : byKey.remove(known);
      whole = other == null ? whole : whole.plus(other);
    }
    put(workspace, whole);
  }

  private void put(String workspace, Entry entry) {
    Contact contact = entry.contact();
    Ref ref = new Ref(workspace, contact.key());
    Entry whole = byKey.merge(ref, entry, Entry::plus);
    String userId = whole.contact().userId();
    if (userId != null) {
      keyOfUser.put(new Ref(workspace, userId), ref);
    }
  }

  /// Everything by which a stored row may be known.
  List<@Nullable Object[]> ids() {
    Set<Ref> refs = new HashSet<>(byKey.keySet());
    refs.addAll(keyOfUser.keySet());
    refs.addAll(aliases.former());
    return refs.stream().sorted(Ref.ORDER).map(Ref::toRow).toList();
  }

  List<@Nullable Object[]> userIds() {
    Set<Ref> refs = new HashSet<>(keyOfUser.keySet());
    refs.addAll(aliases.former());
    return refs.stream().sorted(Ref.ORDER).map(Ref::toRow).toList();
  }

  /// Stored rows that have become part of another.
  List<@Nullable Object[]> obsolete() {
    return stored.stream()
        .filter(ref -> !byKey.containsKey(ref))
        .sorted(Ref.ORDER)
        .map(Ref::toRow)
        .toList();
  }

  /// All contacts, in the order of their keys.
  void forEach(BiConsumer<Ref, Entry> consumer) {
    byKey.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Ref.ORDER))
        .forEach(e -> consumer.accept(e.getKey(), e.getValue()));
  }

  /// A contact's id in its workspace.
  record Ref(String workspace, String id) {
    static final Comparator<Ref> ORDER =
        Comparator.comparing(Ref::workspace).thenComparing(Ref::id);

    @Nullable Object[] toRow() {
      return new @Nullable Object[] {workspace, id};
    }
  }

  /// A row of the store.
  record Stored(Ref ref, Contact contact) {}

  /// A contact as it will be.
  ///
  /// @param wasOnFallback whether it was reached over the fallback channel before
  /// @param rows the stored rows that went into it
  record Entry(Contact contact, boolean wasOnFallback, List<Ref> rows) {

    Entry plus(Entry other) {
      return new Entry(
          contact.plus(other.contact),
          wasOnFallback || other.wasOnFallback,
          both(rows, other.rows));
    }

    private static List<Ref> both(List<Ref> some, List<Ref> others) {
      if (some.isEmpty() || others.isEmpty()) {
        return some.isEmpty() ? others : some;
      }
      List<Ref> all = new ArrayList<>(some);
      all.addAll(others);
      return all;
    }

    /// Whether too many failures have just sent it over to the fallback channel.
    boolean hasSwitched() {
      Reach.Decision decided = contact.reach().decided();
      boolean isDecided = decided != null && decided.active();
      return !wasOnFallback && contact.isOnFallback() && !isDecided;
    }
  }
}
