package dev.chasqui.app;

import dev.chasqui.http.EventLoops;
import dev.chasqui.observe.Metrics;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import dev.chasqui.store.sql.StoreSettings;
import java.time.Clock;

/// What a process has before it opens anything of its data: its ports and its data directory, each
/// for itself alone. A start that cannot have them has changed nothing.
record Host(
    EventLoops loops,
    Listeners listeners,
    DataDirectory data,
    Supervisor supervisor,
    Metrics metrics,
    Clock clock) {

  /// @throws dev.chasqui.settings.SettingsException if settings do not go together
  /// @throws StartException if a port is taken or the data directory cannot be used
  /// @throws dev.chasqui.observe.HeldElsewhereException if another process has the data directory
  static Host take(Settings settings, Supervisor supervisor) {
    // Faults of the settings first: they cost nothing to find.
    StoreSettings _ = StoreSettings.of(settings);
    MemoryBounds.check(settings, Runtime.getRuntime().maxMemory());
    Clock clock = Clock.systemUTC();
    Metrics metrics = new Metrics();
    Closing closing = new Closing();
    EventLoops loops = EventLoops.start();
    try {
      Listeners listeners = Listeners.bind(settings, loops, clock, new HttpCounts(metrics));
      DataDirectory data = DataDirectory.take(settings.get(Keys.DATA));
      return new Host(loops, listeners, data, supervisor, metrics, clock);
    } catch (RuntimeException | Error e) {
      // With the loops their servers end.
      closing.step("event loops", loops::close);
      throw e;
    }
  }

  /// Lets go of them; the listeners are closed before.
  void close(Closing closing) {
    closing.step("event loops", loops::close);
    closing.step("data directory", data::close);
  }
}
