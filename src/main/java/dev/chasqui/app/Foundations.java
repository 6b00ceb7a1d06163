package dev.chasqui.app;

import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.http.EventLoops;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.Unusable;
import dev.chasqui.settings.HostKeys;
import dev.chasqui.settings.Settings;
import dev.chasqui.store.Store;
import dev.chasqui.store.sql.SqlStore;
import dev.chasqui.store.sql.StoreSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The parts that all others use.
///
/// @param store the store itself
/// @param held what operators set, in memory over the store
/// @param quickRandom for ids and jitter; not for secrets
/// @param retention taken for writing by what deletes old segments of the journal, for reading by
///   what owes old events anew, so that nothing is deleted that was just owed
record Foundations(
    Host host,
    Store store,
    FileJournal journal,
    Held held,
    RandomGenerator quickRandom,
    ReadWriteLock retention) {

  private static final System.Logger LOG = System.getLogger(Foundations.class.getName());
  private static final int PARTITION = 0;

  /// Where the embedded store's driver unpacks its native library. Read once in a process.
  private static final String DRIVER_FOLDER = "org.sqlite.tmpdir";

  /// The resources that operators set, in memory over the store.
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
  ///
  /// @throws dev.chasqui.observe.HeldElsewhereException if another process has one of them
  static Foundations open(Settings settings, Map<String, String> environment, Host host) {
    Store store = openStore(settings, host);
    Closing closing = new Closing();
    try {
      FileJournal journal = openJournal(settings, host, store);
      try {
        return new Foundations(
            host,
            store,
            journal,
            hold(environment, host, store),
            Foundations::random,
            new ReentrantReadWriteLock());
      } catch (RuntimeException | Error e) {
        closing.step("journal", journal::close);
        throw e;
      }
    } catch (RuntimeException | Error e) {
      closing.step("store", store::close);
      throw e;
    }
  }

  private static Store openStore(Settings settings, Host host) {
    System.setProperty(DRIVER_FOLDER, host.data().scratch().toAbsolutePath().toString());
    Store store =
        SqlStore.open(
            StoreSettings.of(settings),
            host.clock(),
            new TinkSealer(host.data().path().resolve("secrets.key")),
            ItemKeys::idHash,
            host.supervisor());
    host.data().clearScratch();
    return store;
  }

  private static FileJournal openJournal(Settings settings, Host host, Store store) {
    long floor = store.projection().cursor(PARTITION);
    FileJournal journal =
        FileJournal.open(
            host.data().path().resolve("journal"),
            new PackageSettings(settings).journal(),
            floor,
            host.supervisor());
    journal.recovery().findings().forEach(line -> LOG.log(System.Logger.Level.WARNING, line));
    OptionalLong lostFrom = journal.recovery().lostFrom();
    if (lostFrom.isPresent() && !settings.get(HostKeys.JOURNAL_ACCEPT_LOST)) {
      journal.close();
      throw lostJournal(host, lostFrom.getAsLong(), floor);
    }
    return journal;
  }

  private static StartException lostJournal(Host host, long end, long floor) {
    return new StartException(
        "the store has seen the journal up to position "
            + floor
            + ", but the one in "
            + host.data().path().resolve("journal").toAbsolutePath()
            + " ends at "
            + end
            + ": it has lost records, or it is not the journal of this store; restore the one that"
            + " belongs to it, or start once with serve --accept-lost-journal: what is still owed"
            + " of the lost records is then not delivered",
        null);
  }

  private static Held hold(Map<String, String> environment, Host host, Store store) {
    Map<String, String> secrets = SecretsInForce.fromEnvironment(environment);
    UnusableResources unusable = new UnusableResources();
    UsableSecrets usable = new UsableSecrets(Gateway.newDialects(), unusable);
    return new Held(
        new Directory(store.resources(), secrets, usable, host.clock()),
        new SourceDirectory(store.sources(), unusable),
        new FallbackDirectory(store.fallbacks(), unusable, host.clock()),
        unusable);
  }

  /// The resources that cannot be used now.
  List<Unusable> unusable() {
    return Stream.concat(store.unusable().stream(), held.unusable().all().stream()).toList();
  }

  EventLoops loops() {
    return host.loops();
  }

  Clock clock() {
    return host.clock();
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
    return new IdSource(clock(), quickRandom);
  }

  private static long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  void close(Closing closing) {
    closing.step("journal", journal::close);
    closing.step("store", store::close);
  }
}
