package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.bench.LoadGenerator.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signed webhooks beside floods of slow connections and of large bodies that prove nothing. The
/// gateway, the flood, and the callers with their receiver are three processes.
@Tag("endurance")
class FloodEnduranceIT {

  private static final int RATE = 500;
  private static final int CALLERS = 64;
  private static final double WISHED_P99_MILLIS = 50;
  private static final Duration ALONE = Duration.ofSeconds(15);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<String> FLOODS = List.of("SLOW", "SLOW_UNSIGNED", "UNSIGNED");
  private static final String READ_TO_THE_END = "FORGED_SIGNATURE";

  @TempDir private Path folder;

  @Test
  void p1_aMinuteOfFloodsCostsSignedWebhooksNothing() throws Exception {
    Servers servers = new Servers(folder, null, Clock.systemUTC(), new Random());
    SentTimes sentTimes = new SentTimes();
    try (SinkReceiver sink = new SinkReceiver(sentTimes);
        Servers.Gateway gateway = servers.gateway(sentTimes)) {
      var _ = Endpoints.add(gateway.admin(), "sink", sink.port());
      var _ = load(gateway.rig(), "warm-up", ALONE);
      var _ = load(gateway.rig(), "alone", ALONE);
      Result flooded = flooded(gateway.rig(), MINUTE, FLOODS);
      assertThat(flooded.latency().percentileNanos(0.99) / 1e6).isLessThan(WISHED_P99_MILLIS);
      var _ = flooded(gateway.rig(), ALONE, List.of(READ_TO_THE_END));
      sink.await(gateway.rig().generator().acknowledged());
      assertThat(gateway.admin().get("/metrics").toUtf8())
          .contains("chasqui_http_refused_total{reason=\"refused_by_head\"}")
          .contains("chasqui_webhooks_guarded_total");
    }
  }

  private static Result flooded(Rig rig, Duration time, List<String> kinds) throws IOException {
    URI target = URI.create("http://" + rig.authority());
    try (FloodProcess flood = FloodProcess.start(target, kinds)) {
      Result result = load(rig, "beside " + kinds, time);
      System.out.println(flood.end());
      return result;
    }
  }

  /// Every webhook is acknowledged.
  private static Result load(Rig rig, String name, Duration time) throws IOException {
    Duration cpu = rig.meter().cpu();
    Result result = rig.generator().run(new Load.Fixed(RATE, time), CALLERS);
    Histogram latency = result.latency();
    System.out.printf(
        "%s: %d acknowledged, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, %d of %d ms of processor%n",
        name,
        result.acknowledged(),
        latency.percentileNanos(0.5) / 1e6,
        latency.percentileNanos(0.99) / 1e6,
        latency.percentileNanos(0.999) / 1e6,
        rig.meter().cpu().minus(cpu).toMillis(),
        result.took().toMillis());
    assertThat(result.failures()).as("refused %s", result.refused()).isZero();
    return result;
  }
}
