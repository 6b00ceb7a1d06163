package dev.chasqui.projection;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The projection of one partition: its three loops, and what others may ask of them.
///
/// Everything in the store follows from the journal and the cursor, which is written in the same
/// transaction as the rows. After a crash the same facts give the same rows and the same delivery
/// ids (docs/design/projection.md).
public final class Projection implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Ports ports;
  private final Clock clock;
  private final StopSign stop = new StopSign();
  private final Progress progress = new Progress();
  private final LedgerBacklog backlog;
  private final EventReplay replay;
  private final UncommittedBatches uncommittedBatches;
  private final ProjectJournal projecting;
  private final RunCommits writing;
  private final LedgerWriter ledgerWriter;

  /// The running loops, the projecting one first; empty before the start.
  private volatile List<SupervisedLoop> loops = List.of();

  /// The ports that the projection uses.
  ///
  /// @param bodies what webhooks are read as
  /// @param dialects the dialects of endpoints
  public record Ports(
      Journal journal,
      CanonicalBody bodies,
      Store store,
      Rules rules,
      Dialects dialects,
      Dispatch dispatch) {}

  /// What operators set.
  ///
  /// @param resources where learned numbers go
  /// @param routing the table in force, asked for once for each event; after `resources` learned
  ///   something it gives a table that knows it
  /// @param fallback when contacts go over to the fallback channel
  public record Rules(
      ResourceStore resources, Supplier<RoutingTable> routing, FallbackRules fallback) {}

  public Projection(Ports ports, ProjectionSettings settings, Clock clock) {
    this.ports = ports;
    this.clock = clock;
    this.backlog = new LedgerBacklog(settings.ledger().maxWaiting());
    Store store = ports.store();
    LearnNumbers learn = new LearnNumbers(ports.rules().resources(), ports.rules().routing());
    KnownKeys knownKeys = new KnownKeys(backlog, store.projection());
    ProjectEvent projectEvent = new ProjectEvent(ports.rules(), ports.dialects(), clock);
    this.replay =
        new EventReplay(
            new LoadEvent(ports.journal(), store.events(), ports.bodies()),
            store,
            ports.rules().routing(),
            new EventReplay.Parts(projectEvent, knownKeys, clock));
    UncommittedBatches uncommittedBatches =
        new UncommittedBatches(settings.reading().maxFacts(), settings.reading().writeMaxDelay());
    ProjectJournal.Steps steps =
        new ProjectJournal.Steps(
            new Recover(ports, backlog, knownKeys),
            new ProjectBatch(projectEvent, knownKeys, ports.bodies()),
            new DeliverEarly(ports.dispatch(), backlog));
    ProjectJournal.Shared shared =
        new ProjectJournal.Shared(backlog, uncommittedBatches, progress, stop, clock);
    CommitBatches commit = new CommitBatches(ports, backlog, learn, projectEvent, settings);
    this.uncommittedBatches = uncommittedBatches;
    this.projecting = new ProjectJournal(ports.journal(), steps, shared, settings);
    this.writing = new RunCommits(uncommittedBatches, commit, progress, stop, clock);
    this.ledgerWriter = new LedgerWriter(store.ledger(), backlog, learn, stop, settings);
  }

  /// Begins to work; returns at once. If the store cannot be read, it waits for it.
  public void start(Supervisor supervisor) {
    SupervisedLoop first = supervisor.loop("projection", projecting);
    loops =
        List.of(
            first,
            supervisor.loop("projection-write", writing),
            supervisor.loop("ledger", ledgerWriter));
    loops.forEach(SupervisedLoop::start);
  }

  /// Begins to work in a process of its own.
  public void start() {
    start(Supervisor.ofProcess());
  }

  /// Waits until all that the journal holds now is projected, so that a reader sees what it was
  /// just told.
  ///
  /// @return false if the limit passed first
  public boolean awaitProjected(Duration limit) throws InterruptedException {
    return progress.await(ports.journal().tail(), limit);
  }

  /// Waits until everything before a journal position is projected.
  ///
  /// @return false if the limit passed first
  public boolean awaitProjected(long position, Duration limit) throws InterruptedException {
    return progress.await(position, limit);
  }

  /// Waits until all events whose deliveries have begun are written, so that a receiver that asks
  /// about an event finds it.
  ///
  /// @return false if the limit passed first
  public boolean awaitCommitted(Duration limit) throws InterruptedException {
    return progress.await(uncommittedBatches.end(), limit);
  }

  /// Waits until all that is projected now is in the ledger, so that a reader of messages or
  /// contacts sees it; what waits is applied at once.
  ///
  /// @return false if the limit passed first
  public boolean flushLedger(Duration limit) throws InterruptedException {
    return backlog.flushLedger(limit);
  }

  public CanonicalBody bodies() {
    return ports.bodies();
  }

  /// Processes stored events once more.
  public EventReplay replay() {
    return replay;
  }

  /// The journal position from which on the projection needs facts; what owed deliveries and failed
  /// jobs need beside that, the store tells.
  public long neededFrom() {
    Progress.Snapshot now = progress.snapshot();
    return now.isStarted() ? Math.min(now.cursor(), backlog.neededFrom()) : 0;
  }

  public ProjectionHealth health() {
    Progress.Snapshot now = progress.snapshot();
    Duration age =
        uncommittedBatches
            .oldest()
            .or(() -> Optional.ofNullable(now.projectingSince()))
            .or(() -> oldestUnread(now))
            .map(oldest -> Duration.between(oldest, clock.instant()))
            .orElse(Duration.ZERO);
    return new ProjectionHealth(
        now.isStarted(),
        now.cursor(),
        new ProjectionHealth.Lag(Math.max(0, ports.journal().tail() - now.cursor()), age),
        backlog.size(),
        Optional.ofNullable(now.trouble()),
        new ProjectionHealth.Counts(now.facts(), now.failures()));
  }

  /// When the oldest fact that is not yet being projected was received; it counts as late as well.
  private Optional<Instant> oldestUnread(Progress.Snapshot now) {
    if (ports.journal().tail() <= now.cursor()) {
      return Optional.empty();
    }
    try {
      return ports.journal().read(now.cursor(), 1, 1).entries().stream()
          .findFirst()
          .map(entry -> entry.fact().at());
    } catch (JournalException e) {
      return Optional.empty();
    }
  }

  /// Ends its loops and waits for them, each at most 10 s: first the one that begins deliveries,
  /// then the one that writes what has begun. What is not in the ledger is read from the journal
  /// again at the next start.
  @Override
  public void close() {
    List<SupervisedLoop> running = loops;
    running.forEach(SupervisedLoop::expectEnd);
    stop.raise();
    backlog.close();
    try {
      if (!running.isEmpty()) {
        var _ = running.getFirst().awaitEnd(STOP_LIMIT);
      }
      uncommittedBatches.close();
      for (SupervisedLoop loop : running) {
        var _ = loop.awaitEnd(STOP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
