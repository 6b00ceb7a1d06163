package dev.chasqui.store;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The durable queue of deliveries: claim under a lease, then settle under the same lease.
public interface DeliveryStore extends BacklogStore {

  /// Takes up to `limit` deliveries of an endpoint that are due and not leased, and leases them.
  /// Those of a higher priority go first, and of equals the oldest due; but of each priority that
  /// has something due a portion takes a few at least, if it is not small. Two callers never get
  /// the same delivery.
  List<Claimed> claim(EndpointId endpoint, Lease lease, Instant now, int limit);

  /// Records the results of deliveries, all in one transaction. A settlement whose lease is no
  /// longer the row's changes nothing. Where a delivery ends that was the head of a contact queue,
  /// the next one becomes the head and is due `now`.
  ///
  /// @return the deliveries whose lease was lost
  Set<DeliveryId> settle(Collection<Settlement> settlements, Instant now);

  /// Ends all leases of a node's earlier life; what it held is due at once.
  ///
  /// @return how many there were
  int releaseNode(String node, Instant now);

  /// Ends leases that ran out, of any node; what they held is due at once.
  int releaseExpired(Instant now);

  /// The endpoints that have unleased deliveries waiting, with the earliest and the latest time one
  /// is due.
  List<Waiting> waiting();

  /// The lowest journal position that a delivery which is not terminal still needs, empty if none.
  OptionalLong oldestOwedPosition();

  /// Makes deliveries due again under their old ids. Those in a terminal state begin their attempts
  /// anew, are marked as replayed, and go after live traffic. Those that wait are due now, with
  /// what is left of their schedule, if a replay asks. Those that are leased are left alone.
  ///
  /// @param by the replay that asks for it: for one replay each delivery is made due once, whatever
  ///   became of it since, so that an interrupted step can be made again; null if each call counts
  /// @return how many
  int requeue(Collection<DeliveryId> ids, Instant now, @Nullable ReplayId by);

  /// Adds deliveries that an event's replay owes; those that exist already are made due again as by
  /// [#requeue].
  ///
  /// @return how many are due now
  int owe(Collection<ProjectionStore.Owed> owed, Instant now, @Nullable ReplayId by);

  /// Deliveries of an endpoint that wait, due or not. What is leased is its owner's to end.
  List<Open> open(EndpointId endpoint, int limit);

  /// Ends deliveries that wait: dead, with the reason and with what each keeps of its event, all in
  /// one transaction. What is leased or over by now is left alone.
  ///
  /// @param payloads without bytes where the event is nowhere any more
  /// @return how many were ended
  int deadLetter(Map<DeliveryId, DeadPayload> payloads, String reason);

  /// The payload that is kept for a delivery in the store, by itself or with others of its event;
  /// null if the journal still has it.
  @Nullable DeadPayload deadPayload(DeliveryId id);

  /// A delivery taken for an attempt.
  record Claimed(
      DeliveryId id,
      ProjectionStore.Source source,
      EndpointId endpoint,
      @Nullable String selection,
      Past past,
      ProjectionStore.Place place,
      Lease lease) {

    /// How many attempts were made before.
    public int attempts() {
      return past.attempts();
    }

    /// Whether an operator asked for it again.
    public boolean replay() {
      return past.replay();
    }
  }

  /// The attempts that a delivery has behind it.
  ///
  /// @param attempts how many were made before
  /// @param probes how many of them were made ahead of the schedule, and so used up none of it
  /// @param replay whether an operator asked for it again
  /// @param headSince since when it has been the head of its contact queue, null if it stands in
  ///   none
  /// @param failedAt when the last attempt failed, null if none did
  record Past(
      int attempts,
      int probes,
      boolean replay,
      @Nullable Instant headSince,
      @Nullable Instant failedAt) {

    /// Of a delivery that is new.
    public static final Past NONE = new Past(0, 0, false, null, null);

    /// How many waits of its schedule are behind it.
    public int scheduled() {
      return attempts - probes;
    }
  }

  /// The result of a leased delivery. It takes effect only while the row still has the lease.
  sealed interface Settlement {

    DeliveryId id();

    Lease lease();

    /// The receiver accepted it.
    record Delivered(DeliveryId id, Lease lease, Attempt attempt) implements Settlement {}

    /// It is tried again at `nextAt`.
    ///
    /// @param isProbe whether the attempt was made ahead of the schedule and uses up none of it
    record Retry(DeliveryId id, Lease lease, Attempt attempt, Instant nextAt, boolean isProbe)
        implements Settlement {

      public Retry(DeliveryId id, Lease lease, Attempt attempt, Instant nextAt) {
        this(id, lease, attempt, nextAt, false);
      }
    }

    /// It is not tried again, and becomes a dead letter.
    ///
    /// @param payload without bytes if the event is nowhere any more; null if it cannot be read now
    ///   and is to be kept later, see [BacklogStore#unkept]
    record Dead(
        DeliveryId id,
        Lease lease,
        @Nullable Attempt attempt,
        String reason,
        @Nullable DeadPayload payload)
        implements Settlement {}

    /// Not tried: another endpoint is owed it from now on, under its id, with no attempts behind
    /// it.
    record Moved(DeliveryId id, Lease lease, EndpointId to, Instant dueAt) implements Settlement {}

    /// Not tried: the lease is given back.
    record Returned(DeliveryId id, Lease lease, Instant dueAt) implements Settlement {}
  }

  /// One try.
  ///
  /// @param outcome a word of the closed list, for example `delivered`, `timeout`
  /// @param status the HTTP status, null if there was no answer
  /// @param error one line, null if it went well
  /// @param responseBody at most 2 KiB of the answer, null if there was none
  record Attempt(
      Instant at,
      long millis,
      String outcome,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String responseBody) {}

  /// The part of an event that a dead letter keeps, so that it outlives the journal's retention.
  record DeadPayload(WorkspaceId workspace, Bytes fact) {}

  /// A delivery that waits.
  record Open(DeliveryId id, ProjectionStore.Source source) {}

  /// An endpoint with unleased work, and when the first and the last of it is due.
  record Waiting(EndpointId endpoint, Instant earliestDue, Instant latestDue) {}
}
