package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.bench.LoadGenerator.Result;
import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver that is down for ever at a thousand webhooks a second, with short ages: what it is
/// owed goes through the journal, the store and the dead letters within the test. Nothing is
/// refused, journal, backlog and the store's file stay level, the store's log keeps to its limit,
/// an alert tells what is kept for it, and a receiver beside it gets everything.
///
/// Contacts are kept for ever: the file grows until each of the generator's has written, which it
/// has before the last third.
@Tag("endurance")
class DeadReceiverEnduranceIT {

  private static final int RATE = 1_000;
  private static final int CALLERS = 128;
  private static final Duration ALONE = Duration.ofSeconds(15);
  private static final Duration BESIDE = Duration.ofSeconds(135);
  private static final double LEVEL = 1.1;

  /// What the store lets its write-ahead log grow to, and what comes while the log is emptied.
  private static final double LOG_LIMIT_BYTES = 1.5 * (64 << 20);

  private static final Map<String, String> SHORT =
      Map.of(
          "CHASQUI_JOURNAL_SEGMENT", "4MiB",
          "CHASQUI_JOURNAL_CAP", "32MiB",
          "CHASQUI_DELIVERY_BACKLOG_AGE", "30s",
          "CHASQUI_STORE_EVENTS_AGE", "20s",
          "CHASQUI_STORE_KEYS_AGE", "20s",
          "CHASQUI_STORE_DEAD_AGE", "50s",
          "CHASQUI_ALERTS_EVERY", "1s");

  @TempDir private Path folder;

  @Test
  void p1_aReceiverThatIsDownForEverCostsNobodyAnything() throws Exception {
    Servers servers = new Servers(folder, null, Clock.systemUTC(), new Random());
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes);
        BadReceiver bad = new BadReceiver(BadReceiver.Habit.FAILS);
        Servers.Gateway gateway = servers.gateway(sentTimes, SHORT)) {
      var _ = Endpoints.add(gateway.admin(), "good", sink.port());
      var _ = gateway.rig().measure(new Load.Fixed(RATE, ALONE), CALLERS);
      double alone = load(gateway, sink, "alone", ALONE);
      addDown(gateway.admin(), bad.port());
      try (Samples samples = new Samples(gateway.admin(), folder)) {
        double beside = load(gateway, sink, "beside it", BESIDE);
        samples.report();
        System.out.printf("p99 from sent to received: %.2f times%n", beside / alone);
        samples.areLevel("chasqui_journal_bytes");
        samples.areLevel("backlog");
        samples.areLevel("file");
        assertThat(samples.most("log")).isLessThan(LOG_LIMIT_BYTES);
        assertThat(samples.most("held")).isPositive();
      }
      sink.await(gateway.rig().generator().acknowledged());
    }
  }

  private static void addDown(ApiClient admin, int port) throws InterruptedException {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("name").text("down").name("dialect").text("standard");
    json.name("url").text("http://127.0.0.1:" + port + "/down");
    json.name("policy").beginObject().name("schedule").beginArray().text("PT1S").text("PT2S");
    var _ = admin.post("/api/v1/endpoints", json.endArray().endObject().endObject().bytes());
  }

  /// Nothing is refused.
  ///
  /// @return the 99th percentile from sent to received, in milliseconds
  private static double load(Servers.Gateway gateway, SinkReceiver sink, String name, Duration time)
      throws Exception {
    sink.swapLatency();
    Rig.Measured measured = gateway.rig().measure(new Load.Fixed(RATE, time), CALLERS);
    Result result = measured.result();
    Histogram received = sink.swapLatency();
    double millis = Alternating.millis(received);
    System.out.printf(
        "%s: %.0f/s acknowledged, p50 %.1f ms, p99 %.1f ms; received p50 %.1f ms, p99 %.1f ms;"
            + " %.0f us of processor and %.1f kB of disk an event%n",
        name,
        result.perSecond(),
        result.latency().percentileNanos(0.5) / 1e6,
        Alternating.millis(result.latency()),
        received.percentileNanos(0.5) / 1e6,
        millis,
        measured.cpuMicros(),
        measured.diskBytes() / 1e3);
    assertThat(result.failures()).as("refused %s", result.refused()).isZero();
    assertThat(result.perSecond()).isGreaterThan(RATE * 0.97);
    return millis;
  }

  /// What the gateway has on disk, once a second.
  private static final class Samples implements AutoCloseable {

    private final ApiClient admin;
    private final Path folder;
    private final List<Map<String, Double>> taken = new ArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /// @param folder in which the gateway's data directory stands, and no other
    Samples(ApiClient admin, Path folder) {
      this.admin = admin;
      this.folder = folder;
      this.thread = Thread.ofPlatform().daemon().start(this::take);
    }

    private void take() {
      try {
        while (!stop.await(1, TimeUnit.SECONDS)) {
          String metrics = admin.get("/metrics").toUtf8();
          String alerts = admin.get("/api/v1/alerts?state=open&kind=backlog.held").toUtf8();
          synchronized (this) {
            taken.add(
                Map.of(
                    "chasqui_journal_bytes", metric(metrics, "chasqui_journal_bytes "),
                    "file", bytes("chasqui.db"),
                    "log", bytes("chasqui.db-wal"),
                    "backlog", metric(metrics, "chasqui_endpoint_backlog{"),
                    "dead", metric(metrics, "chasqui_endpoint_dead_letters{"),
                    "held", held(alerts)));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private double bytes(String name) throws IOException {
      try (Stream<Path> files =
          Files.find(folder, 2, (file, _) -> file.getFileName().toString().equals(name))) {
        return files.mapToLong(file -> file.toFile().length()).sum();
      }
    }

    private static double metric(String metrics, String name) {
      return metrics
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }

    /// The bytes that the alert tells of the receiver that is down.
    private static double held(String alerts) {
      int from = alerts.indexOf("\"bytes\":\"") + "\"bytes\":\"".length();
      boolean isTold = from > "\"bytes\":\"".length() && alerts.contains("(down)");
      return isTold ? Double.parseDouble(alerts.substring(from, alerts.indexOf('"', from))) : 0;
    }

    synchronized double most(String name) {
      return most(name, 0, 3);
    }

    private double most(String name, int fromThird, int toThird) {
      int third = taken.size() / 3;
      return taken.subList(fromThird * third, toThird * third).stream()
          .mapToDouble(it -> it.get(name))
          .max()
          .orElse(0);
    }

    synchronized void areLevel(String name) {
      assertThat(most(name, 2, 3)).as(name).isLessThanOrEqualTo(most(name, 1, 2) * LEVEL);
    }

    synchronized void report() {
      for (String name : taken.getFirst().keySet()) {
        System.out.printf(
            "%s: at most %.0f, %.0f and %.0f in the thirds%n",
            name, most(name, 0, 1), most(name, 1, 2), most(name, 2, 3));
      }
    }

    @Override
    public void close() {
      stop.countDown();
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
