package dev.chasqui.projection;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Notification;
import dev.chasqui.routing.Routed;
import dev.chasqui.routing.Router;
import dev.chasqui.routing.Routes;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.routing.Rule;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.LedgerStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Projects one webhook: which of its items are new, who gets them, what its rows are. Pure but for
/// the set of keys it is given, and that it leaves as it was if it fails.
final class ProjectEvent {

  private final Supplier<RoutingTable> routing;
  private final Dialects dialects;
  private final OweDeliveries owe;
  private final Clock clock;

  ProjectEvent(Supplier<RoutingTable> routing, Dialects dialects, Clock clock) {
    this.routing = routing;
    this.dialects = dialects;
    this.owe = new OweDeliveries(dialects);
    this.clock = clock;
  }

  /// Projects a webhook whose repeated items are left out.
  ///
  /// @param known the keys that were seen before; the new ones are added
  Draft.Event project(Split split, Set<ItemKey> known) {
    List<ItemKey> added = new ArrayList<>(split.keys().size());
    try {
      return project(split, freshness(split.keys(), known, added), !split.isDashboardTest());
    } catch (RuntimeException e) {
      added.forEach(known::remove);
      throw e;
    }
  }

  /// Projects a webhook with all its items, whether or not they were seen before.
  ///
  /// @param known the keys that were seen before
  Draft.Event projectAgain(Split split, Set<ItemKey> known) {
    List<Boolean> fresh = freshness(split.keys(), new HashSet<>(known), new ArrayList<>());
    return project(split, fresh, false);
  }

  /// What sending all of a webhook to one endpoint comes to, whatever the rules say.
  Draft.Event projectTo(Split split, Endpoint endpoint) {
    List<Draft.Due> owed =
        split.items().isEmpty()
            ? List.of()
            : owe.owe(
                split.fact().eventId(),
                split.items().size(),
                List.of(new Routed(endpoint, Rule.SUBSCRIPTION, split.items())));
    EventRow row = EventRows.of(split, EventRow.State.PROCESSED, List.of());
    return new Draft.Event(split.fact(), row, owed, List.of(), null);
  }

  /// The row of a webhook that is not to be processed.
  Draft.Event rejected(long position, Fact.WebhookReceived fact) {
    EventRow row = EventRows.bare(position, fact, EventRow.State.REJECTED);
    return new Draft.Event(fact, row, List.of(), List.of(), null);
  }

  /// The rows of a webhook that could not be projected: its job failed and can be tried again.
  Draft.Event failed(long position, Fact.WebhookReceived fact, String reason) {
    EventRow row = EventRows.bare(position, fact, EventRow.State.FAILED);
    JobStore.FailedJob job =
        new JobStore.FailedJob(
            new JobId(fact.eventId().ulid()),
            fact.door().workspace(),
            fact.eventId(),
            position,
            new JobStore.Status("failed", 1, reason, clock.instant()));
    return new Draft.Event(fact, row, List.of(), List.of(), job);
  }

  private static List<Boolean> freshness(
      List<ItemKey> keys, Set<ItemKey> known, List<ItemKey> added) {
    List<Boolean> fresh = new ArrayList<>(keys.size());
    for (ItemKey key : keys) {
      boolean isFresh = known.add(key);
      fresh.add(isFresh);
      if (isFresh) {
        added.add(key);
      }
    }
    return fresh;
  }

  private Draft.Event project(Split split, List<Boolean> fresh, boolean leavesOutRepeats) {
    Fact.WebhookReceived fact = split.fact();
    List<Notification> wanted = leavesOutRepeats ? freshOnly(split.items(), fresh) : split.items();
    Routes routes = Router.route(routing.get(), dialects, fact.door().workspace(), wanted);
    List<EventRow.Item> rows = new ArrayList<>(split.items().size() + split.skipped().size());
    for (int i = 0; i < split.items().size(); i++) {
      boolean isRepeat = leavesOutRepeats && !fresh.get(i);
      Notification item = split.items().get(i);
      rows.add(ItemRows.of(item, isRepeat ? ItemRows.DUPLICATE : verdict(routes, item.path())));
    }
    split.skipped().forEach(skipped -> rows.add(ItemRows.of(skipped)));
    boolean isRepeat = wanted.isEmpty() && !split.items().isEmpty();
    EventRow.State state = isRepeat ? EventRow.State.DUPLICATE : EventRow.State.PROCESSED;
    return new Draft.Event(
        fact,
        EventRows.of(split, state, rows),
        owe.owe(fact.eventId(), split.items().size(), routes.routed()),
        folded(split, fresh),
        null);
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

  private static String verdict(Routes routes, ItemPath path) {
    if (routes.unassigned().contains(path)) {
      return ItemRows.UNASSIGNED;
    }
    return routes.filtered().contains(path) ? ItemRows.FILTERED : ItemRows.NEW;
  }

  private static List<LedgerStore.Folded> folded(Split split, List<Boolean> fresh) {
    List<LedgerStore.Folded> folded = new ArrayList<>(split.items().size());
    for (int i = 0; i < split.items().size(); i++) {
      folded.add(
          new LedgerStore.Folded(
              split.fact().door().workspace(),
              split.fact().eventId(),
              split.keys().get(i),
              split.items().get(i),
              fresh.get(i)));
    }
    return folded;
  }
}
