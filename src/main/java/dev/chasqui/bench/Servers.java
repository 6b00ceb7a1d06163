package dev.chasqui.bench;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.cli.child.FreshGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Starts what is measured.
final class Servers {

  private final Path work;
  private final Clock clock;
  private final RandomGenerator random;

  Servers(Path work, Clock clock, RandomGenerator random) {
    this.work = work;
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

  /// A gateway with an empty data directory.
  Gateway gateway(SentTimes sentTimes) throws IOException, InterruptedException {
    FreshGateway fresh = FreshGateway.of(random);
    ChildProcess process = ChildProcess.start(fresh.start(folder(), List.of()));
    ApiClient admin = new ApiClient(process.ready().adminUrl(), fresh.adminToken());
    return new Gateway(new Rig(process, fresh.appSecret(), sentTimes, clock), admin);
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
  record Gateway(Rig rig, ApiClient admin) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      admin.close();
      rig.close();
    }
  }
}
