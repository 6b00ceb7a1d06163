package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signed webhooks beside floods of unsigned bytes, all in one process; how long they take then is
/// measured by `bench.FloodEnduranceIT`.
class FloodIT {

  private static final Map<String, String> SMALL_BUDGETS =
      Map.of("ingress.rejects.bytes", "24MiB", "ingress.guard.bytes", "64MiB");
  private static final int UNDER_WAY = 256;

  @TempDir private Path folder;

  @Test
  void p1_noSignedWebhookIsLostBesideFloodsOfUnsignedBytes() throws Exception {
    flood(Duration.ofSeconds(4), 100);
  }

  private void flood(Duration time, int perSecond) throws Exception {
    int count = Math.toIntExact(time.toSeconds() * perSecond);
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder, SMALL_BUDGETS);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
        Flood _ = new Flood(gateway.publicUrl(), Flood.Kind.values())) {
      caller.callback(town.url());
      awaitNote(caller, "the budget of unverified bodies is full");
      Load load = new Load(count);
      load.run(caller, perSecond);
      System.out.println(load.report(perSecond));
      assertThat(load.refused).isEmpty();
      town.await("all signed webhooks", got -> got.size() >= count);
      assertThat(metric(caller, "chasqui_rejected_bytes")).isBetween(1.0, 32.0 * (1 << 20));
      assertThat(caller.get("/metrics")).contains("chasqui_webhooks_guarded_total");
      awaitNote(caller, "the quota of webhooks that fail verification is used up");
    }
  }

  /// What is full is told to people, and takes the gateway from no load balancer.
  private static void awaitNote(Caller caller, String note) {
    Conditions.until(
        "/ready says that " + note,
        () -> {
          HttpResponse<String> ready = ready(caller);
          assertThat(ready.statusCode()).isEqualTo(200);
          return ready.body().contains(note);
        });
  }

  private static HttpResponse<String> ready(Caller caller) {
    try {
      return caller.open("/ready");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static double metric(Caller caller, String name) throws Exception {
    return caller
        .get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  /// Signed webhooks at a fixed rate.
  private static final class Load {

    private final int count;
    private final List<Long> micros = Collections.synchronizedList(new ArrayList<>());
    private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch done;
    private final Semaphore permits = new Semaphore(UNDER_WAY);

    Load(int count) {
      this.count = count;
      this.done = new CountDownLatch(count);
    }

    void run(Caller caller, int perSecond) throws InterruptedException {
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = began + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
        LockSupport.parkNanos(due - System.nanoTime());
        permits.acquire();
        String wamid = "wamid.flood" + i;
        Thread.ofVirtual().start(() -> post(caller, wamid));
      }
      assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
    }

    private void post(Caller caller, String wamid) {
      long began = System.nanoTime();
      try {
        HttpResponse<String> answer = caller.webhook(Caller.message(wamid, 200));
        if (answer.statusCode() != 200) {
          refused.add(answer.statusCode() + " " + answer.body());
        }
      } catch (Exception e) {
        refused.add(e.toString());
      } finally {
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        permits.release();
        done.countDown();
      }
    }

    String report(int perSecond) {
      List<Long> sorted = micros.stream().sorted().toList();
      return "%d signed webhooks at %d/s beside floods: p50 %.1f ms, p99 %.1f ms, %d refused"
          .formatted(
              count,
              perSecond,
              sorted.get(sorted.size() / 2) / 1000.0,
              sorted.get(sorted.size() * 99 / 100) / 1000.0,
              refused.size());
    }
  }
}
