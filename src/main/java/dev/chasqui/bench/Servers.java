package dev.chasqui.bench;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.cli.child.FreshGateway;
import dev.chasqui.cli.child.ScratchStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Starts what is measured.
final class Servers {

  private final Path work;
  private final @Nullable String postgres;
  private final Clock clock;
  private final RandomGenerator random;

  /// @param postgres the database in which each gateway gets a schema; null for embedded stores
  Servers(Path work, @Nullable String postgres, Clock clock, RandomGenerator random) {
    this.work = work;
    this.postgres = postgres;
    this.clock = clock;
    this.random = random;
  }

  /// The server that does nothing.
  Rig noOp() throws IOException, InterruptedException {
    ChildProcess.Start start =
        new ChildProcess.Start(
            List.of(),
            List.of("bench-noop"),
            Map.of(),
            folder().resolve("noop.log"),
            Duration.ofSeconds(30));
    return new Rig(ChildProcess.start(start), "none", new SentTimes(), clock);
  }

  /// A gateway with an empty data directory and an empty store.
  Gateway gateway(SentTimes sentTimes) throws IOException, InterruptedException {
    return gateway(sentTimes, Map.of());
  }

  /// The same with more in its environment.
  Gateway gateway(SentTimes sentTimes, Map<String, String> environment)
      throws IOException, InterruptedException {
    ScratchStore store = ScratchStore.open(postgres, random);
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(store.environment());
    try {
      return start(sentTimes, store, all);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private Gateway start(SentTimes sentTimes, ScratchStore store, Map<String, String> all)
      throws IOException, InterruptedException {
    FreshGateway fresh = FreshGateway.of(random);
    ChildProcess process = ChildProcess.start(fresh.start(folder(), List.of(), all));
    ApiClient admin = new ApiClient(process.ready().adminUrl(), fresh.adminToken());
    Rig rig = new Rig(process, fresh.appSecret(), sentTimes, clock);
    return new Gateway(rig, store, admin, fresh.appSecret());
  }

  /// A generator pointed at a port of this machine; the caller closes it.
  LoadGenerator generator(int port, Requests requests) throws IOException {
    InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    return new LoadGenerator(target, requests, new SentTimes(), clock);
  }

  /// A new directory.
  Path folder() throws IOException {
    Files.createDirectories(work);
    return Files.createTempDirectory(work, "run-");
  }

  /// New secrets.
  FreshGateway fresh() {
    return FreshGateway.of(random);
  }

  /// A gateway under load, and its admin API.
  ///
  /// @param secret what webhooks are signed with
  record Gateway(Rig rig, ScratchStore store, ApiClient admin, String secret)
      implements AutoCloseable {
    @Override
    public String toString() {
      return "Gateway " + rig.authority();
    }

    @Override
    public void close() throws IOException {
      admin.close();
      rig.close();
      store.close();
    }
  }
}
