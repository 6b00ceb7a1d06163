package dev.chasqui.routing;

import dev.chasqui.model.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the subscribers that an item may concern, at a cost that does not grow with those it does
/// not concern.
///
/// This is a tuple space: each endpoint stands under keys made of everything that it demands (user,
/// number, account, field, type or status), with null for what it leaves open. Which parts are
/// demanded is a *shape*; few shapes are ever in use, at most 2 to the 5th for each kind of item.
/// An item is looked up once for each shape in use, so 10,000 endpoints that differ in their
/// numbers, senders or types cost what one costs. Demands with several values stand under each
/// combination; when that would be too many keys, the least selective part is left open. So what is
/// found is a superset of what matches: [Condition] decides.
final class SubscriberIndex {

  /// The most keys of one endpoint and kind.
  static final int MAX_KEYS = 4096;

  private final Map<Kind, List<Key>> shapes = new EnumMap<>(Kind.class);
  private final Map<Key, List<Endpoint>> postings = new HashMap<>();

  SubscriberIndex(Collection<Endpoint> subscribers) {
    Map<Kind, Set<Key>> found = new EnumMap<>(Kind.class);
    for (Endpoint endpoint : subscribers) {
      for (Kind kind : Kind.values()) {
        for (Key key : Demand.of(endpoint, kind).keys(MAX_KEYS)) {
          found.computeIfAbsent(kind, _ -> new LinkedHashSet<>()).add(key.shape());
          postings.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(endpoint);
        }
      }
    }
    found.forEach((kind, keys) -> shapes.put(kind, List.copyOf(keys)));
  }

  /// Tells each endpoint that may want the item; one endpoint may be told twice, if it lists
  /// several ids of one user.
  void candidates(Subject item, Consumer<Endpoint> told) {
    for (Key shape : shapes.getOrDefault(item.kind(), List.of())) {
      if (shape.user() == null) {
        collect(shape, item, null, told);
        continue;
      }
      item.user().ids().forEach(id -> collect(shape, item, id, told));
    }
  }

  private void collect(Key shape, Subject item, @Nullable String user, Consumer<Endpoint> told) {
    List<Endpoint> found = postings.get(shape.fill(item, user));
    if (found != null) {
      found.forEach(told);
    }
  }

  /// What an endpoint demands, or, with marks in place of values, the shape of a demand.
  record Key(
      Kind kind,
      @Nullable String user,
      @Nullable String phoneNumberId,
      @Nullable String wabaId,
      @Nullable String field,
      @Nullable String word) {

    private static final String MARK = "*";

    private Key shape() {
      return new Key(kind, mark(user), mark(phoneNumberId), mark(wabaId), mark(field), mark(word));
    }

    private static @Nullable String mark(@Nullable String value) {
      return value == null ? null : MARK;
    }

    /// The key under which endpoints of this shape stand if they want the item.
    private Key fill(Subject item, @Nullable String user) {
      return new Key(
          kind,
          user,
          phoneNumberId == null ? null : item.place().phoneNumberId(),
          wabaId == null ? null : item.place().wabaId(),
          field == null ? null : item.field(),
          word == null ? null : item.word());
    }
  }
}
