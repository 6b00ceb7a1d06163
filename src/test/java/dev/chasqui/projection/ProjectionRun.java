package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.dialect.meta.MetaDialect;
import dev.chasqui.dialect.standard.StandardDialect;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.EventId;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A projection under test, over a journal and a store that outlive it.
final class ProjectionRun implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(30);
  static final Duration NEVER = Duration.ofHours(1);
  private static final int ANY = 1_000_000;

  final RecordingDispatch dispatch;
  final Projection projection;
  private final Journal journal;

  private ProjectionRun(Projection.Ports ports, ProjectionSettings settings) {
    this.journal = ports.journal();
    this.dispatch = (RecordingDispatch) ports.dispatch();
    this.projection = new Projection(ports, settings, Clock.systemUTC());
  }

  /// Begins to project; the ledger follows only when asked.
  static ProjectionRun start(Journal journal, Store store, Rules rules) {
    return start(journal, store, rules.table(), new StandardDialect());
  }

  /// The same with another dialect of the name `standard`.
  static ProjectionRun start(Journal journal, Store store, RoutingTable table, Dialect standard) {
    Projection.Ports ports = ports(journal, store, table, standard, ANY);
    return start(ports, settings(NEVER, ANY));
  }

  /// The same with a dispatcher that has room for so many.
  static ProjectionRun startWithRoom(Journal journal, Store store, Rules rules, int room) {
    Projection.Ports ports = ports(journal, store, rules.table(), new StandardDialect(), room);
    return start(ports, settings(NEVER, ANY));
  }

  /// The same with fallback channels.
  static ProjectionRun startWatched(
      Journal journal, Store store, Rules rules, FallbackRules fallback) {
    Projection.Ports usual = ports(journal, store, rules.table(), new StandardDialect(), ANY);
    Projection.Ports watched =
        new Projection.Ports(
            usual.journal(),
            usual.bodies(),
            usual.store(),
            new Projection.Rules(usual.rules().resources(), usual.rules().routing(), fallback),
            usual.dialects(),
            usual.dispatch());
    return start(watched, settings(NEVER, ANY));
  }

  /// The same with other bounds.
  static ProjectionRun start(
      Journal journal, Store store, Rules rules, ProjectionSettings settings) {
    return start(ports(journal, store, rules.table(), new StandardDialect(), ANY), settings);
  }

  private static ProjectionRun start(Projection.Ports ports, ProjectionSettings settings) {
    ProjectionRun run = new ProjectionRun(ports, settings);
    run.projection.start();
    return run;
  }

  private static Projection.Ports ports(
      Journal journal, Store store, RoutingTable table, Dialect standard, int room) {
    return new Projection.Ports(
        journal,
        new CanonicalBody(SourceDialects.NONE),
        store,
        new Projection.Rules(store.resources(), () -> table, FallbackRules.NONE),
        new Dialects(List.of(new MetaDialect(), standard)),
        new RecordingDispatch(room));
  }

  static ProjectionSettings settings(Duration ledgerMaxDelay, int maxWaiting) {
    return new ProjectionSettings(
        0,
        new ProjectionSettings.Reading(
            Duration.ofMillis(1), Duration.ofMillis(1), 64, 1 << 20, 1L << 40, 1_000),
        new ProjectionSettings.Ledger(ledgerMaxDelay, 10, maxWaiting));
  }

  /// Waits until all that is in the journal is projected.
  ProjectionRun caughtUp() throws InterruptedException {
    assertThat(projection.awaitProjected(LIMIT)).isTrue();
    return this;
  }

  ProjectionRun withLedger() throws InterruptedException {
    assertThat(projection.flushLedger(LIMIT)).isTrue();
    return this;
  }

  /// Appends facts and waits until they are projected.
  ProjectionRun project(Fact... facts) throws InterruptedException {
    for (Fact fact : facts) {
      journal.append(fact, _ -> {});
    }
    return caughtUp();
  }

  static EventRow row(MemoryStore store, EventId id) {
    return new MemoryEvents(store).find(id).orElseThrow().row();
  }

  static List<String> verdicts(EventRow row) {
    return row.items().stream().map(EventRow.Item::verdict).toList();
  }

  @Override
  public void close() {
    projection.close();
  }
}
