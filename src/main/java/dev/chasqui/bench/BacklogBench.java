package dev.chasqui.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Very many deliveries owed to a receiver that is down: what they cost while they wait, and how
/// fast they are gone when it is up again.
final class BacklogBench {

  private static final int CALLERS = 64;
  private static final int FILL_RATE = 6_000;
  private static final int LOOKS = 5;
  private static final int ROUNDS = 3;

  /// What failed a few times before the rest waits for its next attempt, not for the drain.
  private static final double NEARLY_ALL = 0.98;

  private static final Duration MAX_WAIT = Duration.ofMinutes(15);
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} ([0-9.E]+)");

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;

  BacklogBench(BenchPlan plan, Servers servers, BenchReport report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes);
        Servers.Gateway gateway = servers.gateway(sentTimes)) {
      String endpoint = Endpoints.add(gateway.admin(), "down", deadPort());
      Rig rig = gateway.rig();
      rig.measure(new Load.Fixed(FILL_RATE / 2, plan.warmUp()), CALLERS);
      fill(rig);
      rig.settle();
      report.add("backlog", "deliveries owed", (double) rig.generator().acknowledged(), "");
      ingest(rig);
      report.add("backlog", "gateway heap in use, garbage included", heap(gateway) / 1e6, "MB");
      report.add("backlog", "gateway RSS", rig.meter().residentBytes() / 1e6, "MB");
      queries(gateway, endpoint);
      drain(gateway, sink, endpoint);
    }
  }

  /// In turns with a gateway that owes little: what the machine does to one it does to the other.
  private void ingest(Rig full) throws IOException, InterruptedException {
    try (Servers.Gateway other = servers.gateway(new SentTimes())) {
      var _ = Endpoints.add(other.admin(), "down", deadPort());
      other.rig().measure(new Load.Fixed(FILL_RATE / 2, plan.warmUp()), CALLERS);
      double without = 0;
      double beside = 0;
      for (int i = 0; i < ROUNDS; i++) {
        without += round(other.rig()) / ROUNDS;
        beside += round(full) / ROUNDS;
      }
      report.add("backlog", "ingest of a gateway that owes little", without, "/s");
      report.add("backlog", "ingest beside the backlog", beside, "/s");
      report.add("backlog", "  of one that owes little", beside / without, "x");
    }
  }

  private double round(Rig rig) throws IOException, InterruptedException {
    double perSecond = rig.measure(new Load.Closed(plan.round()), CALLERS).result().perSecond();
    rig.settle();
    return perSecond;
  }

  private void fill(Rig rig) throws IOException {
    long missing = plan.backlog() - rig.generator().acknowledged();
    long seconds = Math.ceilDiv(missing, FILL_RATE);
    if (seconds > 0) {
      rig.measure(new Load.Fixed(FILL_RATE, Duration.ofSeconds(seconds)), CALLERS);
    }
  }

  private void queries(Servers.Gateway gateway, String endpoint) throws InterruptedException {
    String list = "/api/v1/deliveries?limit=50&endpointId=" + endpoint;
    query(gateway, "newest deliveries of the endpoint", list);
    query(gateway, "its deliveries that are pending", list + "&state=pending");
    query(gateway, "dead letters by cause", "/api/v1/dead-letters/groups");
    query(gateway, "all endpoints with their backlog", "/api/v1/endpoints");
  }

  /// Measures a few times and reports the slowest.
  private void query(Servers.Gateway gateway, String name, String path)
      throws InterruptedException {
    long slowest = 0;
    for (int i = 0; i < LOOKS; i++) {
      long start = System.nanoTime();
      var _ = gateway.admin().get(path);
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    report.add("backlog", "query: " + name, slowest / 1e6, "ms");
  }

  private void drain(Servers.Gateway gateway, SinkReceiver sink, String endpoint)
      throws InterruptedException {
    long owed = gateway.rig().generator().acknowledged();
    Endpoints.move(gateway.admin(), endpoint, sink.port());
    await(sink, 1);
    long start = System.nanoTime();
    long nearlyAll = (long) (owed * NEARLY_ALL);
    await(sink, nearlyAll);
    double seconds = (System.nanoTime() - start) / 1e9;
    report.add("backlog", "drained after recovery", nearlyAll / seconds, "/s");
  }

  private static void await(SinkReceiver sink, long count) throws InterruptedException {
    long end = System.nanoTime() + MAX_WAIT.toNanos();
    while (sink.received() < count) {
      if (System.nanoTime() > end) {
        throw new BenchException(sink.received() + " of " + count + " came in " + MAX_WAIT);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static double heap(Servers.Gateway gateway) throws InterruptedException {
    Matcher matcher = HEAP.matcher(gateway.admin().get("/metrics").toUtf8());
    double bytes = 0;
    while (matcher.find()) {
      bytes += Double.parseDouble(matcher.group(1));
    }
    return bytes;
  }

  /// A port that refuses connections.
  private static int deadPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
