package dev.chasqui.store;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The queries of operators for deliveries and dead letters.
public interface DeliveryViews {

  /// Deliveries that match, newest first.
  Page<DeliveryView> list(WorkspaceId workspace, Filter filter, PageRequest page);

  Optional<DeliveryView> find(DeliveryId id);

  /// The deliveries of an event, in order of their ids. A bad cursor is an
  /// [IllegalArgumentException].
  Page<DeliveryView> ofEvent(EventId event, PageRequest page);

  /// The endpoints that have a delivery of an event.
  Set<EndpointId> endpointsOf(EventId event);

  /// The deliveries of a replay by filter, after an id, in order of id: those that match and are
  /// over. Deliveries that a rule filtered are never among them, since they were never owed.
  List<DeliveryId> replayable(
      WorkspaceId workspace, Filter filter, @Nullable DeliveryId after, int limit);

  /// How many [#replayable] would tell in all.
  long countReplayable(WorkspaceId workspace, Filter filter);

  /// What can be tried now, after an id, in order of id: the deliveries that match and wait for a
  /// time. What waits behind another of its contact is not among them.
  List<DeliveryId> waiting(
      WorkspaceId workspace, Filter filter, @Nullable DeliveryId after, int limit);

  /// How many [#waiting] would tell in all.
  long countWaiting(WorkspaceId workspace, Filter filter);

  /// Dead letters by endpoint and cause, largest first.
  List<DeadGroup> deadGroups(WorkspaceId workspace, int limit);

  /// The backlog of each endpoint, empty if it is owed nothing.
  Map<EndpointId, Backlog> backlogs(Collection<EndpointId> endpoints);

  /// Since when the oldest delivery of each endpoint is due that is owed anything, whether it waits
  /// in the store or on a node. Its cost depends on the endpoints and on what nodes hold in memory,
  /// not on what waits.
  Map<EndpointId, Instant> oldestDue();

  /// How many deliveries of each endpoint have died since the beginning, and how many are dead.
  Map<EndpointId, Deaths> deaths();

  /// What to list; null stands for any. A page may hold fewer rows than asked for and still have a
  /// next cursor: a rare match among very many rows is looked for in steps.
  ///
  /// @param reason why it is dead
  record Filter(
      @Nullable EventId event,
      @Nullable EndpointId endpoint,
      @Nullable DeliveryState state,
      @Nullable String reason,
      @Nullable Instant since,
      @Nullable Instant until) {

    public static final Filter ANY = new Filter(null, null, null, null, null, null);
  }

  /// A delivery as it is stored.
  ///
  /// @param attempts oldest first; the newest 20 are kept
  record DeliveryView(
      DeliveryId id,
      ProjectionStore.Source source,
      EndpointId endpoint,
      DeliveryState state,
      List<DeliveryStore.Attempt> attempts,
      Ending ending,
      @Nullable String selection) {

    /// About how many characters its texts have.
    public long weight() {
      long weight = selection == null ? 0 : selection.length();
      for (DeliveryStore.Attempt attempt : attempts) {
        weight += length(attempt.error()) + length(attempt.responseBody());
      }
      return weight;
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /// The next attempt, or the end.
  ///
  /// @param nextAttemptAt null if none is due
  /// @param deadReason why it is dead, or which rule filtered it; null otherwise
  /// @param attemptCount all attempts ever made
  record Ending(@Nullable Instant nextAttemptAt, @Nullable String deadReason, int attemptCount) {}

  /// Dead letters of one endpoint and cause.
  record DeadGroup(EndpointId endpoint, String reason, long count, DeliveryId newest) {}

  /// The deliveries that an endpoint is owed, waiting or under way.
  ///
  /// @param oldestDue when the oldest of them is or was due, null if there is none
  /// @param since the time since when the oldest of them is owed, whether it waits for a first
  ///   attempt or for another; null if there is none. Of a long backlog an approximation that is
  ///   quick to read
  record Backlog(long count, @Nullable Instant oldestDue, @Nullable Instant since) {
    public static final Backlog NONE = new Backlog(0, null, null);
  }

  /// The dead letters of an endpoint.
  ///
  /// @param ever how many there were since the beginning; it only grows
  record Deaths(long ever, long now) {}
}
