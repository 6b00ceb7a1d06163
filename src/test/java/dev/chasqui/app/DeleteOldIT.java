package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.projection.CanonicalBody;
import dev.chasqui.projection.Dispatch;
import dev.chasqui.projection.Projection;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsLoader;
import dev.chasqui.store.Lease;
import dev.chasqui.testkit.Conditions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deleting what is old takes turns with owing it anew.
class DeleteOldIT {

  @TempDir private Path folder;
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final Closing closing = new Closing();
  private Host host;
  private Foundations base;
  private DeleteOld deleteOld;

  @BeforeEach
  void open() {
    Settings settings =
        new SettingsLoader(Map.of())
            .flags(
                Map.of(
                    "data", folder.toString(),
                    "public.address", "127.0.0.1:0",
                    "admin.address", "127.0.0.1:0"))
            .load();
    host = Host.take(settings, new Supervisor(Clock.systemUTC(), ends::add));
    base = Foundations.open(settings, Map.of(), host);
    PackageSettings bounds = new PackageSettings(settings);
    Projection.Ports ports =
        new Projection.Ports(
            base.journal(),
            new CanonicalBody(new SourceDialects(List.of())),
            base.store(),
            new Projection.Rules(
                base.directory(), base.directory()::routingTable, base.fallbacks()),
            Gateway.newDialects(),
            new NoDispatch());
    Projection projection = new Projection(ports, bounds.projection(), base.clock());
    deleteOld = new DeleteOld(base, projection, bounds);
  }

  @AfterEach
  void close() {
    base.close(closing);
    host.close(closing);
    closing.report();
    assertThat(ends).isEmpty();
  }

  @Test
  void nothingIsDeletedWhileSomethingOldIsOwedAnew() throws InterruptedException {
    ReentrantReadWriteLock turns = (ReentrantReadWriteLock) base.retention();
    Lock owing = turns.readLock();
    Thread deleting = Thread.ofVirtual().unstarted(deleteOld::run);
    owing.lock();
    try {
      deleting.start();
      Conditions.until("deleting waits", turns::hasQueuedThreads);
    } finally {
      owing.unlock();
    }
    deleting.join();
    assertThat(turns.isWriteLocked()).isFalse();
    assertThat(owing.tryLock()).as("its turn is over").isTrue();
    owing.unlock();
  }

  /// Nothing is projected here.
  private static final class NoDispatch implements Dispatch {

    @Override
    public @Nullable Lease reserve(EndpointId endpoint, Priority priority) {
      return null;
    }

    @Override
    public EarlyBatch handOver(List<EarlyDelivery> handed) {
      return EarlyBatch.NONE;
    }

    @Override
    public void abandon(List<EarlyDelivery> handed) {}

    @Override
    public void waiting(Set<EndpointId> endpoints) {}
  }
}
