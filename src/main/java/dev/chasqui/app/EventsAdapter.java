package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeNotes;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.Reverifier;
import dev.chasqui.operations.RouteExplainer;
import dev.chasqui.projection.EventReplay;
import dev.chasqui.projection.Projection;
import dev.chasqui.routing.ExplainRoutes;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.ProjectionStore.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Connects the operator's API to what journal and projection know of events.
final class EventsAdapter implements ProjectionGate, RawEvents, RouteExplainer, Reverifier {

  private static final Duration LEDGER_LIMIT = Duration.ofSeconds(5);
  private static final int PORTION = 500;
  private static final String SIGNATURE = "X-Hub-Signature-256";

  private final Foundations base;
  private final Projection projection;
  private final Dispatcher dispatcher;
  private final Dialects dialects;

  EventsAdapter(Foundations base, Projection projection, Dispatcher dispatcher, Dialects dialects) {
    this.base = base;
    this.projection = projection;
    this.dispatcher = dispatcher;
    this.dialects = dialects;
  }

  @Override
  public boolean awaitProjected(Duration limit) throws InterruptedException {
    return projection.awaitProjected(limit);
  }

  @Override
  public boolean awaitCommitted(Duration limit) throws InterruptedException {
    return projection.awaitCommitted(limit);
  }

  @Override
  public boolean flushLedger() throws InterruptedException {
    return projection.awaitProjected(LEDGER_LIMIT) && projection.flushLedger(LEDGER_LIMIT);
  }

  @Override
  public Duration behind() {
    return projection.health().lag().time();
  }

  @Override
  public Raw read(EventRow row) {
    Fact.Event event = event(row);
    if (event == null) {
      return new Raw.Deleted();
    }
    WebhookReceived received = event.request();
    List<RawEvents.Raw.Header> headers =
        received.head().headers().stream()
            .map(h -> new RawEvents.Raw.Header(h.name(), h.value()))
            .toList();
    return new Raw.Kept(headers, received.head().query(), received.body(), reading(event));
  }

  private Raw.Reading reading(Fact.Event event) {
    Fact.ChannelOrigin channelOrigin = event.origin().channelOrigin();
    String metas = event.verdicts().signatureValid() ? "signature" : null;
    String authentication = channelOrigin == null ? metas : channelOrigin.authentication();
    boolean isEnvelope = event.verdicts().summary().topic().isEnvelope();
    return new Raw.Reading(
        authentication,
        isEnvelope ? projection.bodies().of(event) : null,
        event.verdicts().lacksSecret());
  }

  @Override
  public Explanation explain(WorkspaceId workspace, Bytes body) {
    if (EnvelopeScanner.scan(body) instanceof Envelope envelope) {
      return ExplainRoutes.explain(
              base.directory().routingTable(), dialects, workspace, Notifications.of(envelope))
          .with(EnvelopeNotes.of(envelope));
    }
    throw new IllegalArgumentException("the body is no envelope of whatsapp_business_account");
  }

  /// Goes through the rejected events in portions, oldest first; what passes is processed at once.
  @Override
  public Outcome reverify(WorkspaceId workspace, Instant since) throws InterruptedException {
    awaitProjected(LEDGER_LIMIT);
    List<SigningKey> keys = base.directory().signingKeys(workspace, base.clock().instant());
    long checked = 0;
    long accepted = 0;
    List<EventView> portion = base.store().events().rejectedSince(workspace, since, PORTION);
    EventId last = new EventId(Ulid.first(since));
    while (!portion.isEmpty() && portion.getLast().row().id().compareTo(last) > 0) {
      for (EventView view : portion) {
        // Times have milliseconds, ids order what came within one.
        if (view.row().id().compareTo(last) > 0) {
          checked++;
          accepted += isSigned(keys, view) ? accept(view) : 0;
        }
      }
      last = portion.getLast().row().id();
      portion = base.store().events().rejectedSince(workspace, last.ulid().time(), PORTION);
    }
    dispatcher.endpointsChanged();
    return new Outcome(checked, accepted);
  }

  private int accept(EventView view) {
    Lock noRetention = base.retention().readLock();
    noRetention.lock();
    try {
      return switch (projection.replay().accept(view.row().id())) {
        case EventReplay.Replayed.Done _ -> 1;
        case EventReplay.Replayed.Not _ -> 0;
      };
    } finally {
      noRetention.unlock();
    }
  }

  private boolean isSigned(List<SigningKey> keys, EventView view) {
    boolean isEnvelope = view.row().summary().topic().isEnvelope();
    Fact.Event event = isEnvelope ? event(view.row()) : null;
    if (!(event instanceof WebhookReceived received)) {
      return false;
    }
    if (received.origin().channelOrigin() != null) {
      return new SenderSignatures(base.senders(), projection.bodies().sources())
          .isSigned(received, base.clock().instant());
    }
    String header = received.head().first(SIGNATURE);
    return header != null && Signatures.verify(keys, received.body(), header);
  }

  private Fact.@Nullable Event event(EventRow row) {
    ReadFacts facts = new ReadFacts(base.journal());
    return facts.find(new Source(row.id(), row.position())) instanceof Fact.Event event
        ? event
        : null;
  }
}
