package dev.chasqui.app;

import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.http.EventLoops;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.Unusable;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import dev.chasqui.store.Store;
import dev.chasqui.store.sql.SqlStore;
import dev.chasqui.store.sql.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What everything else stands on.
///
/// @param store the store itself
/// @param held what operators set, in memory over the store
/// @param quickRandom for ids and jitter; not for secrets
record Foundations(
    EventLoops loops,
    Store store,
    FileJournal journal,
    Held held,
    Clock clock,
    RandomGenerator quickRandom) {

  private static final System.Logger LOG = System.getLogger(Foundations.class.getName());
  private static final int PARTITION = 0;

  /// What operators set, in memory over the store.
  ///
  /// @param senders the senders other than Meta
  /// @param unusable what of it cannot be used
  record Held(
      Directory directory,
      SourceDirectory senders,
      FallbackDirectory fallbacks,
      UnusableResources unusable) {}

  /// Opens store and journal. The store comes first: the journal must never give out a position
  /// that the store has already passed, even if it has lost its end.
  static Foundations open(Settings settings, Map<String, String> environment) {
    Path data = settings.get(Keys.DATA);
    makeDirectory(data);
    Clock clock = Clock.systemUTC();
    // Half of a start is loading classes; the network's load while the store opens.
    FutureTask<EventLoops> loops = new FutureTask<>(EventLoops::start);
    Thread.ofPlatform().name("start-loops").start(loops);
    Store store =
        SqlStore.open(
            StoreSettings.of(settings),
            clock,
            new TinkSealer(data.resolve("secrets.key")),
            ItemKeys::idHash);
    long floor = store.projection().cursor(PARTITION);
    FileJournal journal =
        FileJournal.open(data.resolve("journal"), new Bounds(settings).journal(), floor);
    journal.recovery().findings().forEach(line -> LOG.log(System.Logger.Level.WARNING, line));
    Held held = held(store, SecretsInForce.fromEnvironment(environment), clock);
    FirstToken.ensure(held.directory(), settings.get(Keys.ADMIN_TOKEN), new SecureRandom(), clock);
    return new Foundations(started(loops), store, journal, held, clock, Foundations::random);
  }

  private static Held held(Store store, Map<String, String> secrets, Clock clock) {
    UnusableResources unusable = new UnusableResources();
    UsableSecrets usable = new UsableSecrets(Gateway.newDialects(), unusable);
    return new Held(
        new Directory(store.resources(), secrets, usable, clock),
        new SourceDirectory(store.sources(), unusable),
        new FallbackDirectory(store.fallbacks(), unusable, clock),
        unusable);
  }

  /// What operators set and cannot be used now.
  List<Unusable> unusable() {
    return Stream.concat(store.unusable().stream(), held.unusable().all().stream()).toList();
  }

  private static EventLoops started(FutureTask<EventLoops> loops) {
    try {
      return loops.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the event loops do not start", e.getCause());
    }
  }

  Directory directory() {
    return held.directory();
  }

  SourceDirectory senders() {
    return held.senders();
  }

  FallbackDirectory fallbacks() {
    return held.fallbacks();
  }

  IdSource ids() {
    return new IdSource(clock, quickRandom);
  }

  private static long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  private static void makeDirectory(Path data) {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data directory " + data, e);
    }
  }

  void close(Closing closing) {
    closing.step("journal", journal::close);
    closing.step("store", store::close);
    closing.step("event loops", loops::close);
  }
}
