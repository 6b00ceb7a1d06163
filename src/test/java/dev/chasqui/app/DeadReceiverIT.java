package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver that is down while the journal has to let its segments go; for ever, at a thousand
/// webhooks a second: `bench.DeadReceiverEnduranceIT`.
class DeadReceiverIT {

  private static final int TEXT_CHARS = 3_000;
  private static final long CAP = 1 << 20;
  private static final Map<String, String> SMALL_JOURNAL =
      Map.of("journal.segment", "128KiB", "journal.cap", "1MiB", "alerts.every", "1s");

  /// How much, by which endpoint, since when: in the words of an alert for people.
  private static final Pattern HELD =
      Pattern.compile(
          "endpoint ep_\\w+ \\([^)]+\\) is owed [1-9]\\d* deliveries [^\"]*:"
              + " [1-9]\\d* bytes are kept for it, since 20\\d\\d-");

  @TempDir private Path folder;

  @Test
  void p1_whatADeadReceiverIsOwedOutlivesTheJournalsSegments() throws Exception {
    int count = 700;
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder, SMALL_JOURNAL);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      town.answer(503);
      caller.callback(town.url());
      accept(caller, 0, count);
      assertThat(metric(caller, "chasqui_journal_bytes")).isLessThanOrEqualTo(CAP);
      awaitAlert(caller);
      town.answer(200);
      town.await(
          "all of it", got -> got.stream().map(Town.Got::deliveryId).distinct().count() == count);
      for (Town.Got got : town.got()) {
        assertThat(got.body().length()).isGreaterThan(TEXT_CHARS);
        assertThat(got.signature()).startsWith("sha256=");
      }
      assertThat(bodies(town)).hasSize(count);
    }
  }

  @Test
  void p1_soDoesARestartWithIt() throws Exception {
    int count = 500;
    try (Town town = new Town()) {
      town.answer(503);
      try (Gateway gateway = LocalGateway.start(folder, SMALL_JOURNAL);
          Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
        caller.callback(town.url());
        accept(caller, 0, count);
      }
      town.answer(200);
      try (Gateway _ = LocalGateway.start(folder, SMALL_JOURNAL)) {
        town.await(
            "all of it", got -> got.stream().map(Town.Got::deliveryId).distinct().count() == count);
      }
      assertThat(bodies(town)).hasSize(count);
    }
  }

  @Test
  void pausingOrDeletingItHoldsUpNoSegment() throws Exception {
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder, SMALL_JOURNAL);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      town.answer(503);
      caller.callback(town.url());
      String endpoint = endpoint(caller);
      caller.admin("POST", "/api/v1/endpoints/" + endpoint + "/pause", "");
      accept(caller, 0, 400);
      caller.admin("DELETE", "/api/v1/endpoints/" + endpoint, "");
      accept(caller, 400, 800);
      assertThat(metric(caller, "chasqui_journal_bytes")).isLessThanOrEqualTo(CAP);
    }
  }

  private static void accept(Caller caller, int from, int to) {
    IntStream.range(from, to)
        .forEach(
            i ->
                Conditions.until(
                    "webhook " + i + " is taken", () -> status(caller, "wamid." + i + ".") == 200));
  }

  /// What is refused for want of room is sent again, as Meta does.
  private static int status(Caller caller, String wamid) {
    try {
      return caller.webhook(Caller.message(wamid, TEXT_CHARS)).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void awaitAlert(Caller caller) {
    Conditions.until(
        "an alert names it",
        () -> {
          String open = get(caller, "/api/v1/alerts?state=open");
          return open.contains("\"backlog.held\"") && HELD.matcher(open).find();
        });
  }

  private static String get(Caller caller, String path) {
    try {
      return caller.admin("GET", path, "").body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String endpoint(Caller caller) {
    String listed = get(caller, "/api/v1/endpoints");
    return listed.substring(listed.indexOf("ep_"), listed.indexOf("ep_") + 29);
  }

  private static List<String> bodies(Town town) {
    return town.got().stream().map(it -> it.body().toUtf8()).distinct().toList();
  }

  private static double metric(Caller caller, String name) throws Exception {
    return caller
        .get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }
}
