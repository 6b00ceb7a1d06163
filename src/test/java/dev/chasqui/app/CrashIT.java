package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway in a process of its own, killed under load.
class CrashIT {

  private static final int CALLERS = 16;
  private static final int KILLS = 3;

  @TempDir private Path folder;
  private final Random random = new Random(20261121);

  /// wamid to event id, of all that was answered 200.
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  @Test
  void p1NothingAcknowledgedIsLostByKillDashNine() throws Exception {
    try (Town town = new Town()) {
      for (int round = 0; round < KILLS; round++) {
        ChildProcess gateway = ServedGateway.start(folder);
        callback(gateway, town);
        loadUntilKilled(gateway, round, 300 + random.nextInt(700));
      }
      try (ChildProcess _ = ServedGateway.start(folder)) {
        town.await(
            "every acknowledged webhook is delivered",
            got -> wamids(got).containsAll(acknowledged.keySet()));
      }
      p3IdsStayTheSameOverCrashes(town.got());
    }
  }

  /// Deliveries begin ahead of their rows: what a crash cuts off is made again under the same id.
  @Test
  void p1WhatIsDeliveredAndNotWrittenIsDeliveredAgainAfterKillDashNine() throws Exception {
    try (Town town = new Town()) {
      ChildProcess gateway = ServedGateway.start(folder);
      callback(gateway, town);
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/chasqui.db"));
          Statement statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        postAll(gateway, 20);
        town.await("some are delivered without a row", got -> !got.isEmpty());
        gateway.kill();
        statement.execute("ROLLBACK");
      }
      String first = wamid(town.got().getFirst());
      try (ChildProcess _ = ServedGateway.start(folder)) {
        town.await(
            "it is delivered again",
            got -> got.stream().filter(it -> wamid(it).equals(first)).count() == 2);
        town.await("so are the others", got -> wamids(got).equals(acknowledged.keySet()));
      }
      p3IdsStayTheSame(town.got());
    }
  }

  private void postAll(ChildProcess gateway, int count) throws IOException, InterruptedException {
    try (Caller caller = ServedGateway.caller(gateway)) {
      for (int i = 0; i < count; i++) {
        var answer = caller.webhook(Caller.message("wamid.0." + i, 200));
        assertThat(answer.statusCode()).isEqualTo(200);
        acknowledged.put("wamid.0." + i, Caller.eventId(answer.body()));
      }
    }
  }

  private void p3IdsStayTheSameOverCrashes(List<Town.Got> got) {
    assertThat(acknowledged).hasSizeGreaterThan(KILLS * 300);
    int repeats = got.size() - p3IdsStayTheSame(got);
    int inMemoryAtMost = 8_192;
    assertThat(repeats).isLessThan(KILLS * inMemoryAtMost);
  }

  /// @return how many different messages there are
  private int p3IdsStayTheSame(List<Town.Got> got) {
    Map<String, List<Town.Got>> byWamid =
        got.stream().collect(Collectors.groupingBy(CrashIT::wamid));
    for (var one : byWamid.entrySet()) {
      assertThat(one.getValue().stream().map(Town.Got::deliveryId).distinct()).hasSize(1);
      String eventId = acknowledged.get(one.getKey());
      if (eventId != null) {
        assertThat(one.getValue()).allMatch(it -> it.eventId().equals(eventId));
      }
    }
    return byWamid.size();
  }

  private void loadUntilKilled(ChildProcess gateway, int round, int acknowledgements)
      throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(acknowledgements);
    CountDownLatch ended = new CountDownLatch(CALLERS);
    try (Caller caller = ServedGateway.caller(gateway)) {
      for (int i = 0; i < CALLERS; i++) {
        int number = i;
        Thread.ofVirtual()
            .start(
                () -> {
                  post(caller, "wamid." + round + "." + number + ".", enough);
                  ended.countDown();
                });
      }
      enough.await();
      gateway.kill();
      ended.await();
    }
  }

  /// Posts until the gateway is gone.
  private void post(Caller caller, String prefix, CountDownLatch enough) {
    try {
      for (int i = 0; ; i++) {
        var answer = caller.webhook(Caller.message(prefix + i, 200 + i % 800));
        if (answer.statusCode() == 200) {
          acknowledged.put(prefix + i, Caller.eventId(answer.body()));
          enough.countDown();
        }
      }
    } catch (IOException e) {
      // The gateway was killed: this call has no answer, and nothing was promised.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void callback(ChildProcess gateway, Town town)
      throws IOException, InterruptedException {
    try (Caller caller = ServedGateway.caller(gateway)) {
      caller.callback(town.url());
    }
  }

  private static Set<String> wamids(List<Town.Got> got) {
    return got.stream().map(CrashIT::wamid).collect(Collectors.toSet());
  }

  private static String wamid(Town.Got got) {
    String body = got.body().toUtf8();
    int from = body.indexOf("wamid.");
    return body.substring(from, body.indexOf('"', from));
  }
}
