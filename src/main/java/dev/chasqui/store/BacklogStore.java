package dev.chasqui.store;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What of the delivery queue waits while its receivers do not answer, and how it gets out again.
public interface BacklogStore {

  /// Takes the one delivery of an endpoint that is due first, whether it is due yet or not, and
  /// leases it. Empty if nothing waits.
  List<Claimed> probe(EndpointId endpoint, Lease lease, Instant now);

  /// Makes deliveries due that wait for a later time, each as of its event's time, so that the
  /// oldest goes first. It changes those only that last failed before a time, or never did; the
  /// others keep their schedule. A call changes `limit` rows at most, so that a long backlog holds
  /// up no other write.
  ///
  /// @return how many were made due; fewer than the limit if none is left
  int makeDue(EndpointId endpoint, Instant failedBefore, Instant now, int limit);

  /// Brings forward what is due later than `latest` to that time: such times were written while the
  /// clock was wrong.
  ///
  /// @return how many; fewer than the limit if none is left
  int bringForward(EndpointId endpoint, Instant latest, int limit);

  /// Makes deliveries that wait due at once, all in one transaction. What is leased, over, or waits
  /// behind another of its contact is left alone.
  ///
  /// @return those that are due now
  List<DeliveryId> retryNow(Collection<DeliveryId> ids, Instant now);

  /// Remembers something of an endpoint, on disk before the call returns. A mark that is there
  /// keeps its time.
  void mark(EndpointId endpoint, Mark mark, Instant since);

  /// Removes a mark, if it is there.
  void unmark(EndpointId endpoint, Mark mark);

  /// The marks of all endpoints.
  List<Marked> marks();

  /// Dead letters that have not kept their event yet because it could not be read.
  List<Open> unkept(int limit);

  /// Keeps events of dead letters, all in one transaction; without bytes where the event is nowhere
  /// any more. They are not [#unkept] from then on.
  void keep(Map<DeliveryId, DeadPayload> payloads);

  /// Deliveries that wait and whose event is read from the journal before a position, in order of
  /// position.
  List<Open> inJournal(long before, int limit);

  /// Moves what deliveries wait for from the journal into the store, once for each event, all in
  /// one transaction: they hold up no segment from then on. Deliveries that wait no more are left
  /// alone.
  ///
  /// @param events what is kept of each event; one that is left out is nowhere any more
  void hold(Collection<Open> deliveries, Map<ProjectionStore.Source, DeadPayload> events);

  /// Deliveries of an endpoint that have been due since a time or longer, the longest due first.
  /// What an operator asked for again is not among them.
  List<Open> dueSince(EndpointId endpoint, Instant time, int limit);

  /// Owes deliveries that wait to another endpoint instead, as [DeliveryStore.Settlement.Moved]
  /// does. What is leased or over is left alone.
  void move(Collection<DeliveryId> ids, EndpointId to, Instant now);

  /// The events that the store holds for waiting deliveries, counted by endpoint.
  Map<EndpointId, Held> held();

  /// The events held for one endpoint.
  ///
  /// @param bytes bytes of its events, each counted as if it were held alone
  /// @param since when the oldest event came in that was held first
  record Held(long deliveries, long bytes, Instant since) {}

  /// The states of endpoints that outlive a restart.
  enum Mark {
    /// It does not answer and is only probed.
    FAILING,
    /// Its waiting deliveries are being made due.
    CATCH_UP
  }

  /// A mark of an endpoint, with the time it was set.
  record Marked(EndpointId endpoint, Mark mark, Instant since) {}
}
