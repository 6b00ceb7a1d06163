package dev.chasqui.store;

import dev.chasqui.model.ContactQueueKey;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.Priority;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The port of the projection to the store.
public interface ProjectionStore {

  /// The journal position up to which a partition is projected; 0 at first.
  long cursor(int partition);

  /// Writes a batch and moves the cursor, all in one transaction (a cursor that is there already, 0
  /// say, stays): after a crash either all of it is there or nothing. Rows that exist already (the
  /// same batch projected again after a power cut) are left as they are; sightings are only added
  /// if the cursor really moves over them.
  ///
  /// @throws StoreException [StoreException.Kind#REFUSED] if a row cannot be stored; nothing of the
  ///   batch is
  void commit(Batch batch);

  /// Which of these keys the store has from the ledger's items, each with the event that had it
  /// first; keys that are only in memory are the caller's business.
  Map<ItemKey, EventId> seen(Collection<ItemKey> keys);

  /// A batch.
  ///
  /// @param move the cursor that moves with it
  /// @param delivered of what was owed, what its receiver has already
  record Batch(
      Move move,
      List<EventRow> events,
      List<Sighting> sightings,
      List<Owed> owed,
      List<Delivered> delivered,
      List<JobStore.FailedJob> failures,
      List<Filtered> filtered) {

    /// A batch of which nothing is delivered yet, and in which no rule of an endpoint kept anything
    /// out.
    public Batch(
        int partition,
        long cursor,
        List<EventRow> events,
        List<Sighting> sightings,
        List<Owed> owed,
        List<JobStore.FailedJob> failures) {
      this(new Move(partition, cursor), events, sightings, owed, List.of(), failures, List.of());
    }

    public Batch {
      events = List.copyOf(events);
      sightings = List.copyOf(sightings);
      owed = List.copyOf(owed);
      delivered = List.copyOf(delivered);
      failures = List.copyOf(failures);
      filtered = List.copyOf(filtered);
    }
  }

  /// A partition's cursor moves to a position.
  record Move(int partition, long cursor) {}

  /// So many more repeats of an event were seen.
  record Sighting(EventId event, int count) {}

  /// A delivery that is owed from now on.
  ///
  /// @param id made of event, endpoint and unit, so that projecting again gives the same; its time
  ///   is the event's, by which the deliveries of an event are found
  /// @param selection which items of the event, as `e.c.i` with commas; null stands for all
  /// @param place where it stands among others of its endpoint
  /// @param lease null if nobody holds it yet: then it is pending and due at `dueAt`; always null
  ///   for one that stands in a contact queue, which is claimed when it is the head
  record Owed(
      DeliveryId id,
      Source source,
      EndpointId endpoint,
      @Nullable String selection,
      Place place,
      Instant dueAt,
      @Nullable Lease lease) {
    public Owed {
      if (lease != null && place.contactQueue() != null) {
        throw new IllegalArgumentException("what stands in a line waits in the store");
      }
    }
  }

  /// A delivery that was made while its row was on its way.
  ///
  /// @param owed as it would be written if it were not made yet
  record Delivered(Owed owed, DeliveryStore.Attempt attempt) {}

  /// A delivery that a rule of its endpoint kept out: it is written so that it can be seen, and
  /// nothing is owed.
  ///
  /// @param id what it would have as an owed one of this item alone
  /// @param selection which items of the event
  /// @param reason the rule, as the API tells it
  record Filtered(
      DeliveryId id,
      Source source,
      EndpointId endpoint,
      String selection,
      Priority priority,
      String reason) {}

  /// Where a delivery stands among others of its endpoint.
  ///
  /// @param priority which of them go first
  /// @param contactQueue its place in a contact queue, null if it waits for nobody
  record Place(Priority priority, @Nullable QueuePlace contactQueue) {

    /// With messages, in no contact queue.
    public static final Place FREE = new Place(Priority.MESSAGES, null);
  }

  /// A place in a contact queue of an endpoint: first in, first out, by journal position and,
  /// within an event, by ordinal. Of each queue one delivery at most is the head: it is due, or
  /// leased, or will be tried again; the others have no due time until it has ended.
  record QueuePlace(ContactQueueKey key, int ordinal) {}

  /// The event that a delivery is made from.
  ///
  /// @param position of the fact in the journal
  record Source(EventId event, long position) {}
}
