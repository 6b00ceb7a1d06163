package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.journal.JournalState;
import dev.chasqui.model.Version;
import dev.chasqui.operations.system.SystemFacts;
import dev.chasqui.operations.system.SystemView;
import dev.chasqui.projection.Projection;
import dev.chasqui.projection.ProjectionHealth;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Tells how the process is, from the engines.
final class SystemAdapter implements SystemFacts {

  private final Foundations base;
  private final Settings settings;
  private final Projection projection;
  private final Dispatcher dispatcher;
  private final Instant startedAt;

  SystemAdapter(Foundations base, Settings settings, Projection projection, Dispatcher dispatcher) {
    this.base = base;
    this.settings = settings;
    this.projection = projection;
    this.dispatcher = dispatcher;
    this.startedAt = base.clock().instant();
  }

  @Override
  public SystemView now() {
    JournalState journal = base.journal().state();
    ProjectionHealth.Lag lag = projection.health().lag();
    return new SystemView(
        Version.VALUE,
        startedAt,
        Duration.between(startedAt, base.clock().instant()).toSeconds(),
        settings.get(Keys.STORE_URL).isEmpty() ? "sqlite" : "postgresql",
        new SystemView.Journal(
            journal.condition().name().toLowerCase(Locale.ROOT),
            journal.trouble().orElse(null),
            journal.bytesUsed(),
            journal.bytesCap(),
            journal.bytesFree()),
        new SystemView.Lag(lag.positions(), lag.time().toMillis() / 1_000.0),
        dispatcher.load().inMemory(),
        settings());
  }

  private List<SystemView.Setting> settings() {
    return settings.effective().stream()
        .map(it -> new SystemView.Setting(it.name(), it.value(), it.origin(), it.doc()))
        .toList();
  }
}
