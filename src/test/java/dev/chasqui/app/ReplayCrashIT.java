package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway in a process of its own, killed in the middle of a bulk replay.
class ReplayCrashIT {

  private static final int DELIVERIES = 60;
  private static final int REPLAYED_BEFORE_THE_KILL = 8;
  private static final String NEW_SECRET = "a-secret-that-came-after-the-events";
  private static final Pattern ID = Pattern.compile("\"id\":\"([a-z]+_[0-9a-z]{26})\"");
  private static final Pattern ATTEMPTS = Pattern.compile("\"attemptCount\":([0-9]+)");

  @TempDir private Path folder;

  @Test
  void aReplayGoesOnWhereItWasAndMakesEachDeliveryDueOnce() throws Exception {
    try (Town town = new Town()) {
      String replay = killedWhileReplaying(town);
      Set<String> ids = ids(town, false);
      assertThat(ids).hasSize(DELIVERIES);
      try (ChildProcess gateway = ServedGateway.start(folder);
          Caller caller = ServedGateway.caller(gateway)) {
        town.await("all are sent again", _ -> ids(town, true).equals(ids));
        awaitState(caller, replay, "done");
        for (String id : ids) {
          // An attempt that the crash cut off was not written: whatever is counted was made due.
          awaitAttempts(caller, id, 2);
        }
      }
      assertThat(town.got()).filteredOn(Town.Got::isReplay).allMatch(ReplayCrashIT::isSigned);
    }
  }

  /// Sixty delivered events, a new secret, and a replay of them all that is not over.
  private String killedWhileReplaying(Town town) throws IOException, InterruptedException {
    ChildProcess gateway = ServedGateway.start(folder);
    try (Caller caller = ServedGateway.caller(gateway)) {
      String endpoint = endpoint(caller, town);
      for (int i = 0; i < DELIVERIES; i++) {
        caller.webhook(Caller.message("wamid." + i, 50));
      }
      town.await("all are delivered", got -> got.size() == DELIVERIES);
      for (String id : ids(town, false)) {
        awaitAttempts(caller, id, 1);
      }
      String rotation = "{\"secret\":\"" + NEW_SECRET + "\",\"overlap\":\"PT0S\"}";
      caller.admin("POST", "/api/v1/endpoints/" + endpoint + "/rotate-secret", rotation);
      String order = "{\"filter\":{\"endpointId\":\"" + endpoint + "\"},\"ratePerSecond\":10}";
      String begun = caller.admin("POST", "/api/v1/replays", order).body();
      assertThat(begun).endsWith("\"count\":" + DELIVERIES + "}");
      town.await("some are sent again", got -> got.size() >= DELIVERIES + REPLAYED_BEFORE_THE_KILL);
      gateway.kill();
      return first(ID, begun);
    }
  }

  private static String endpoint(Caller caller, Town town)
      throws IOException, InterruptedException {
    String body =
        """
        {"name":"crm","dialect":"meta","url":"%s","secret":"0123456789abcdef0123456789"}"""
            .formatted(town.url());
    return first(ID, caller.admin("POST", "/api/v1/endpoints", body).body());
  }

  private static Set<String> ids(Town town, boolean areReplays) {
    return town.got().stream()
        .filter(it -> it.isReplay() == areReplays)
        .map(Town.Got::deliveryId)
        .collect(Collectors.toSet());
  }

  private static boolean isSigned(Town.Got got) {
    return Signatures.verify(List.of(SigningKey.of(NEW_SECRET)), got.body(), got.signature());
  }

  private static void awaitState(Caller caller, String replay, String state)
      throws IOException, InterruptedException {
    until(
        "the replay is " + state,
        () -> caller.get("/api/v1/replays/" + replay).contains("\"" + state + "\""));
  }

  private static void awaitAttempts(Caller caller, String delivery, int count)
      throws IOException, InterruptedException {
    until(
        "the delivery is delivered",
        () -> {
          String told = caller.get("/api/v1/deliveries/" + delivery);
          int attempts = Integer.parseInt(first(ATTEMPTS, told));
          assertThat(attempts).isLessThanOrEqualTo(count);
          return attempts == count && told.contains("\"state\":\"delivered\"");
        });
  }

  /// Asks until the answer is as wished, with a limit that no healthy machine meets.
  private static void until(String wish, Question question)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!question.isGranted()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within the limit: " + wish);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /// What is asked of a gateway.
  @FunctionalInterface
  private interface Question {
    boolean isGranted() throws IOException, InterruptedException;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
