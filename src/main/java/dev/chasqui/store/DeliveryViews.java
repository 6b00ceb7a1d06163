package dev.chasqui.store;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators read of deliveries and dead letters.
public interface DeliveryViews {

  /// Deliveries that match, newest first.
  Page<DeliveryView> list(WorkspaceId workspace, Filter filter, PageRequest page);

  /// One delivery.
  Optional<DeliveryView> find(DeliveryId id);

  /// The deliveries of an event.
  List<DeliveryView> ofEvent(EventId event);

  /// Ids that match, after an id, in order of id: for replays in steps.
  List<DeliveryId> ids(WorkspaceId workspace, Filter filter, @Nullable DeliveryId after, int limit);

  /// How many match.
  long count(WorkspaceId workspace, Filter filter);

  /// Dead letters by endpoint and cause, largest first.
  List<DeadGroup> deadGroups(WorkspaceId workspace, int limit);

  /// What waits for an endpoint.
  Backlog backlog(EndpointId endpoint);

  /// What to list; null stands for any. A page may hold fewer rows than asked for and still have a
  /// next cursor: a rare match among very many rows is looked for in steps.
  ///
  /// @param lane not stored, since it is the endpoint's of the moment: a store refuses it with an
  ///   [IllegalArgumentException], who offers the filter names the lane's endpoints instead
  record Filter(
      @Nullable EventId event,
      @Nullable EndpointId endpoint,
      @Nullable DeliveryState state,
      @Nullable String lane,
      @Nullable Instant since,
      @Nullable Instant until) {

    /// All deliveries.
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
      @Nullable String selection) {}

  /// What comes next, or what came last.
  ///
  /// @param nextAttemptAt null if none is due
  /// @param deadReason why it is dead, or which rule filtered it; null otherwise
  /// @param attemptCount all attempts ever made
  record Ending(@Nullable Instant nextAttemptAt, @Nullable String deadReason, int attemptCount) {}

  /// Dead letters of one endpoint and cause.
  record DeadGroup(EndpointId endpoint, String reason, long count, DeliveryId newest) {}

  /// What waits for an endpoint.
  record Backlog(long count, @Nullable Instant oldestDue) {}
}
