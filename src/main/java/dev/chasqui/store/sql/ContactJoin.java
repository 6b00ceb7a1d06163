package dev.chasqui.store.sql;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Gathers what a slice and the store know of contacts, and joins what turns out to be one: two
/// entries become one as soon as something names both ids.
final class ContactJoin {

  private final Map<Ref, Contact> byKey = new HashMap<>();
  private final Map<Ref, Ref> keyOfUser = new HashMap<>();
  private final Set<Ref> stored = new HashSet<>();

  void addStored(Stored row) {
    if (stored.add(row.ref())) {
      add(row.ref().workspace(), row.contact());
    }
  }

  void add(String workspace, Contact contact) {
    if (contact.waId() == null && contact.userId() == null) {
      return;
    }
    Contact whole = contact;
    String userId = contact.userId();
    if (userId != null) {
      Ref user = new Ref(workspace, userId);
      Ref known = keyOfUser.get(user);
      Contact other = known == null ? null : byKey.remove(known);
      whole = other == null ? whole : whole.plus(other);
    }
    put(workspace, whole);
  }

  private void put(String workspace, Contact contact) {
    String key = contact.waId() == null ? contact.userId() : contact.waId();
    Ref ref = new Ref(workspace, Objects.requireNonNull(key));
    Contact whole = byKey.merge(ref, contact, Contact::plus);
    String userId = whole.userId();
    if (userId != null) {
      keyOfUser.put(new Ref(workspace, userId), ref);
    }
  }

  /// Everything by which a stored row may be known.
  List<@Nullable Object[]> ids() {
    Set<Ref> refs = new HashSet<>(byKey.keySet());
    refs.addAll(keyOfUser.keySet());
    return refs.stream().sorted(Ref.ORDER).map(Ref::toRow).toList();
  }

  List<@Nullable Object[]> userIds() {
    return keyOfUser.keySet().stream().sorted(Ref.ORDER).map(Ref::toRow).toList();
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
  void forEach(BiConsumer<Ref, Contact> consumer) {
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
}
