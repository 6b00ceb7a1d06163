package dev.chasqui.projection;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.routing.Routed;
import dev.chasqui.routing.Router;
import dev.chasqui.routing.RoutingResult;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.routing.Rule;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Projects one event: which of its items are new, who gets them, what its rows are. Pure but for
/// the set of keys it is given, and that it leaves as it was if it fails.
final class ProjectEvent {

  private final Supplier<RoutingTable> routing;
  private final Dialects dialects;
  private final OweDeliveries owe;
  private final LedgerItems makeLedgerItems;
  private final Clock clock;

  ProjectEvent(Projection.Rules rules, Dialects dialects, Clock clock) {
    this.routing = rules.routing();
    this.makeLedgerItems = new LedgerItems(rules.fallback());
    this.dialects = dialects;
    this.owe = new OweDeliveries(dialects);
    this.clock = clock;
  }

  /// The keys of which [#project] and [#projectAgain] must be told which were seen before: those of
  /// the event's items, and those that tell whether a message was read, where an endpoint asks.
  List<ItemKey> keysToKnow(Split split) {
    WorkspaceId workspace = split.fact().origin().workspace();
    if (!routing.get().asksWhatWasRead(workspace)) {
      return split.keys();
    }
    List<ItemKey> keys = new ArrayList<>(split.keys());
    split.items().forEach(item -> keys.addAll(ReadStatuses.proofs(workspace, item)));
    return keys;
  }

  /// Projects an event whose repeated items are left out.
  ///
  /// @param known the keys that were seen before, each with the event that had it first; the new
  ///   ones are added
  Draft.Event project(Split split, Map<ItemKey, EventId> known) {
    List<ItemKey> added = new ArrayList<>(split.keys().size());
    try {
      List<Boolean> fresh = freshness(split, known, added);
      return project(split, new Seen(fresh, known, !split.isDashboardTest()));
    } catch (RuntimeException e) {
      added.forEach(known::remove);
      throw e;
    }
  }

  /// Projects an event with all its items but some, whether or not they were seen before.
  ///
  /// @param known the keys that were seen before
  /// @param repeats the paths of items that are left out
  Draft.Event projectAgain(Split split, Map<ItemKey, EventId> known, Set<String> repeats) {
    Map<ItemKey, EventId> all = new HashMap<>(known);
    List<Boolean> fresh = freshness(split, all, new ArrayList<>());
    if (repeats.isEmpty()) {
      return project(split, new Seen(fresh, all, false));
    }
    return project(split, new Seen(firsts(split, repeats), all, true));
  }

  private static List<Boolean> firsts(Split split, Set<String> repeats) {
    return split.items().stream().map(it -> !repeats.contains(it.path().toString())).toList();
  }

  /// What sending an event to one endpoint comes to, whatever the rules say.
  ///
  /// @param repeats the paths of items that are left out
  Draft.Event projectTo(Split split, Endpoint endpoint, Set<String> repeats) {
    List<Notification> wanted = freshOnly(split.items(), firsts(split, repeats));
    List<Draft.Due> owed =
        wanted.isEmpty()
            ? List.of()
            : owe.owe(
                split.fact().eventId(),
                split.items().size(),
                List.of(new Routed(endpoint, Rule.SUBSCRIPTION, wanted)));
    EventRow row = EventRows.of(split, EventRow.State.PROCESSED, List.of());
    return new Draft.Event(split.fact(), row, owed, List.of(), List.of(), Set.of(), null);
  }

  /// The row of an event that is not to be processed.
  Draft.Event rejected(long position, Fact.Event fact, EventRow.Scope scope) {
    EventRow row = EventRows.rejected(position, fact, scope);
    return new Draft.Event(fact, row, List.of(), List.of(), List.of(), Set.of(), null);
  }

  /// The rows of an event that could not be projected: its job failed and can be tried again.
  Draft.Event failed(long position, Fact.Event fact, String reason) {
    EventRow row = EventRows.failed(position, fact);
    JobStore.FailedJob job =
        new JobStore.FailedJob(
            new JobId(fact.eventId().ulid()),
            fact.origin().workspace(),
            fact.eventId(),
            position,
            new JobStore.Status("failed", 1, reason, clock.instant()));
    return new Draft.Event(fact, row, List.of(), List.of(), List.of(), Set.of(), job);
  }

  private static List<Boolean> freshness(
      Split split, Map<ItemKey, EventId> known, List<ItemKey> added) {
    List<Boolean> fresh = new ArrayList<>(split.keys().size());
    for (ItemKey key : split.keys()) {
      boolean isFresh = known.putIfAbsent(key, split.fact().eventId()) == null;
      fresh.add(isFresh);
      if (isFresh) {
        added.add(key);
      }
    }
    return fresh;
  }

  /// The keys of an event's items, and whether they were seen before.
  ///
  /// @param fresh for each item whether it is new
  /// @param known all keys that were seen, the event's own included
  /// @param leavesOutRepeats whether items that are not new are delivered to no endpoint
  private record Seen(List<Boolean> fresh, Map<ItemKey, EventId> known, boolean leavesOutRepeats) {
    boolean leavesOut(int item) {
      return leavesOutRepeats && !fresh.get(item);
    }
  }

  private Draft.Event project(Split split, Seen seen) {
    Fact.Event fact = split.fact();
    List<Notification> wanted =
        seen.leavesOutRepeats() ? freshOnly(split.items(), seen.fresh()) : split.items();
    RoutingResult routes = Router.route(routing.get(), dialects, fact.origin().workspace(), wanted);
    LeaveOutDelivered left = new LeaveOutDelivered(split, seen.known());
    List<Routed> routed = left.from(routes.routed());
    boolean isRepeat = wanted.isEmpty() && !split.items().isEmpty();
    EventRow.State state = isRepeat ? EventRow.State.DUPLICATE : EventRow.State.PROCESSED;
    return new Draft.Event(
        fact,
        EventRows.of(split, state, rows(split, seen, routes)),
        owe.owe(fact.eventId(), split.items().size(), routed),
        left.filtered(),
        makeLedgerItems.of(split, seen.fresh()),
        repeated(split, seen),
        null);
  }

  /// The events that had some of the items first; an item that stands twice in one envelope is no
  /// sighting of its own event.
  private static Set<EventId> repeated(Split split, Seen seen) {
    if (!seen.leavesOutRepeats() || !seen.fresh().contains(false)) {
      return Set.of();
    }
    Set<EventId> repeated = new HashSet<>();
    for (ItemKey key : split.keys()) {
      EventId first = seen.known().get(key);
      if (first != null && !first.equals(split.fact().eventId())) {
        repeated.add(first);
      }
    }
    return repeated;
  }

  private static List<EventRow.Item> rows(Split split, Seen seen, RoutingResult routes) {
    List<EventRow.Item> rows = new ArrayList<>(split.items().size() + split.skipped().size());
    for (int i = 0; i < split.items().size(); i++) {
      Notification item = split.items().get(i);
      String verdict = seen.leavesOut(i) ? ItemRows.DUPLICATE : verdict(routes, item.path());
      rows.add(ItemRows.of(item, verdict));
    }
    split.skipped().forEach(skipped -> rows.add(ItemRows.of(skipped)));
    return rows;
  }

  private static List<Notification> freshOnly(List<Notification> items, List<Boolean> fresh) {
    if (!fresh.contains(false)) {
      return items;
    }
    List<Notification> wanted = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (fresh.get(i)) {
        wanted.add(items.get(i));
      }
    }
    return wanted;
  }

  private static String verdict(RoutingResult routes, ItemPath path) {
    if (routes.unassigned().contains(path)) {
      return ItemRows.UNASSIGNED;
    }
    return routes.filtered().contains(path) ? ItemRows.FILTERED : ItemRows.NEW;
  }
}
