package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.model.DeliveryId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A gateway in a process of its own, killed under load.
class CrashIT {

  private static final int CALLERS = 16;

  private static final int BATCH = 32;

  /// Facts that may have begun and not be written: one transaction under way, one being filled, and
  /// the run that overfills it.
  private static final int UNCOMMITTED_AT_MOST = 3 * BATCH;

  /// Outcomes that a kill may keep from being written, beside those.
  private static final int UNSETTLED_AT_MOST = 64;

  @TempDir private Path folder;
  private final Random random = new Random(20261121);

  /// wamid to event id, of all that was answered 200.
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  @ParameterizedTest
  @CsvSource({"SQLITE, 3", "POSTGRESQL, 2"})
  void p1NothingAcknowledgedIsLostByKillDashNine(StoreKind kind, int kills) throws Exception {
    try (StoreKind.Place store = kind.open(folder.resolve("data"));
        Town town = new Town()) {
      List<Settled> settled = new ArrayList<>();
      for (int round = 0; round < kills; round++) {
        ChildProcess gateway = start(store);
        callback(gateway, town);
        loadUntilKilled(gateway, round, 300 + random.nextInt(700));
        settled.add(new Settled(delivered(store), town.got().size()));
      }
      try (ChildProcess _ = start(store)) {
        town.await(
            "every acknowledged webhook is delivered",
            got -> wamids(got).containsAll(acknowledged.keySet()));
      }
      assertThat(acknowledged).hasSizeGreaterThan(kills * 300);
      settled.forEach(then -> isNotDeliveredAgain(then, town.got()));
      int repeats = town.got().size() - p3IdsStayTheSame(town.got());
      assertThat(repeats).isLessThanOrEqualTo(kills * (UNCOMMITTED_AT_MOST + UNSETTLED_AT_MOST));
    }
  }

  /// What the store knew at a kill.
  ///
  /// @param ids the deliveries that were written as delivered
  /// @param received how many requests had come in by then
  private record Settled(Set<String> ids, int received) {}

  private static Set<String> delivered(StoreKind.Place store) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = DriverManager.getConnection(store.jdbc());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM deliveries WHERE state = 3")) {
      while (rows.next()) {
        ids.add(DeliveryId.fromBytes(rows.getBytes(1)).toString());
      }
    }
    assertThat(ids).isNotEmpty();
    return ids;
  }

  /// Only what was not written as delivered is made again.
  private static void isNotDeliveredAgain(Settled then, List<Town.Got> got) {
    assertThat(got.subList(then.received(), got.size()))
        .extracting(Town.Got::deliveryId)
        .doesNotContainAnyElementsOf(then.ids());
  }

  /// Deliveries begin ahead of their rows: what a crash cuts off is made again under the same id.
  /// While the store does not write, only so many begin.
  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void p1WhatIsDeliveredAndNotWrittenIsDeliveredAgainAfterKillDashNine(StoreKind kind)
      throws Exception {
    try (StoreKind.Place store = kind.open(folder.resolve("data"));
        Town town = new Town()) {
      ChildProcess gateway = start(store);
      callback(gateway, town);
      try (Connection connection = DriverManager.getConnection(store.jdbc());
          Statement statement = connection.createStatement()) {
        statement.execute(store.lock());
        postAll(gateway, 4 * UNCOMMITTED_AT_MOST);
        town.await("some are delivered without a row", got -> !got.isEmpty());
        gateway.kill();
        statement.execute("ROLLBACK");
      }
      assertThat(town.got().size()).isLessThanOrEqualTo(UNCOMMITTED_AT_MOST);
      String first = wamid(town.got().getFirst());
      try (ChildProcess _ = start(store)) {
        town.await(
            "it is delivered again",
            got -> got.stream().filter(it -> wamid(it).equals(first)).count() == 2);
        town.await("so are the others", got -> wamids(got).equals(acknowledged.keySet()));
      }
      p3IdsStayTheSame(town.got());
    }
  }

  private ChildProcess start(StoreKind.Place store) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(store.environment());
    environment.put("CHASQUI_PROJECTION_BATCH", String.valueOf(BATCH));
    return ServedGateway.start(folder, environment);
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
