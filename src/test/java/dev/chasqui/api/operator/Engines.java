package dev.chasqui.api.operator;

import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.Reverifier;
import dev.chasqui.operations.RouteExplainer;
import dev.chasqui.operations.TestDelivery;
import dev.chasqui.outbound.Sender;
import dev.chasqui.routing.ExplainRoutes;
import dev.chasqui.routing.Explanation;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.EventRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The engines behind the ports, as a test wants them.
final class Engines
    implements ProjectionGate, RawEvents, RouteExplainer, Reverifier, EndpointHealths, Replayer {

  final AtomicInteger changes = new AtomicInteger();
  final AtomicInteger folds = new AtomicInteger();
  final Map<Long, Raw> raw = new HashMap<>();
  final List<Order> orders = new ArrayList<>();
  final List<JobId> retried = new ArrayList<>();
  final List<String> tried = new ArrayList<>();
  final List<String> received = new ArrayList<>();
  final Map<EndpointId, Health> healths = new HashMap<>();

  /// Two tails with room for four items each.
  final LiveTail tail =
      new LiveTail(new Missed(), new LiveTail.Bounds(2, 4, 3, Duration.ofMillis(20)));

  /// What stands in the journal, by position.
  final NavigableMap<Long, EventId> journal = new ConcurrentSkipListMap<>();

  /// What happens while somebody waits for the projection.
  Runnable meanwhile = () -> {};

  /// How far the projection is behind; nobody waits as long.
  Duration behind = Duration.ZERO;

  List<Endpoint> routed = List.of();
  Optional<ReplayId> running = Optional.empty();
  volatile int receiverStatus = 200;
  volatile Instant reverifiedSince = Instant.MAX;

  Response receive(Request request) {
    received.add(request.body().toUtf8());
    return Response.text(receiverStatus, "thanks");
  }

  TestDelivery testing(Sender sender) {
    return endpoint -> {
      SendResult result =
          sender.send(
              new Sender.Outbound(
                  "POST",
                  endpoint.url(),
                  Map.of(),
                  Bytes.utf8("sample"),
                  endpoint.policy().deadline(),
                  100));
      boolean delivered = result instanceof SendResult.Answered it && it.status() == 200;
      return new TestDelivery.Sent(delivered, result);
    };
  }

  /// The journal of the test.
  private final class Missed implements MissedEvents {

    @Override
    public boolean isAt(long position, EventId event) {
      return event.equals(journal.get(position));
    }

    @Override
    public Run from(WorkspaceId workspace, long position, int limit) {
      NavigableMap<Long, EventId> rest = journal.tailMap(position, true);
      List<EventId> events = rest.values().stream().limit(2).toList();
      Long next = rest.keySet().stream().skip(events.size()).findFirst().orElse(null);
      long end = rest.isEmpty() ? position : rest.lastKey() + 1;
      return new Run(events, next == null ? end : next);
    }
  }

  @Override
  public boolean awaitProjected(Duration limit) {
    meanwhile.run();
    return behind.isZero();
  }

  @Override
  public boolean awaitCommitted(Duration limit) {
    meanwhile.run();
    return true;
  }

  @Override
  public boolean flushLedger() {
    folds.incrementAndGet();
    return true;
  }

  @Override
  public Duration behind() {
    return behind;
  }

  @Override
  public Raw read(EventRow event) {
    return rawAt(event.position());
  }

  Raw rawAt(long position) {
    return raw.getOrDefault(position, new Raw.Deleted());
  }

  @Override
  public Explanation explain(WorkspaceId workspace, Bytes body) {
    if (EnvelopeScanner.scan(body) instanceof Envelope envelope) {
      RoutingTable table = RoutingTable.of(routed, List.of(), List.of());
      return ExplainRoutes.explain(table, Rules.DIALECTS, workspace, Notifications.of(envelope));
    }
    throw new IllegalArgumentException("no envelope");
  }

  @Override
  public Outcome reverify(WorkspaceId workspace, Instant since) {
    reverifiedSince = since;
    return new Outcome(7, 3);
  }

  @Override
  public Health of(EndpointId endpoint) {
    return healths.getOrDefault(endpoint, new Health("healthy", Lane.DEFAULT, null, "new"));
  }

  @Override
  public Started start(WorkspaceId workspace, Order order) {
    orders.add(order);
    if (order.ratePerSecond() != null && order.ratePerSecond() == 13) {
      throw new IllegalArgumentException("thirteen is not possible");
    }
    return new Started(order.dryRun() ? null : running.orElseThrow(), 5);
  }

  @Override
  public void retryNow(EndpointId endpoint) {
    tried.add(endpoint.toString());
  }

  @Override
  public boolean retryNow(DeliveryId delivery, EndpointId endpoint) {
    return tried.add(delivery.toString());
  }

  @Override
  public boolean cancel(ReplayId id) {
    return running.filter(id::equals).isPresent();
  }

  @Override
  public void retryJob(JobId job) {
    retried.add(job);
  }
}
