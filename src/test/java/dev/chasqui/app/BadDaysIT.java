package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.model.Bytes;
import dev.chasqui.observe.HeldElsewhereException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole gateway on days when something around it fails.
class BadDaysIT {

  @TempDir private Path folder;

  @Test
  void aLockedStoreHoldsUpNoAcknowledgementAndLosesAndRepeatsNoDelivery() throws Exception {
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.callback(town.url());
      String url = "jdbc:sqlite:" + folder.resolve("chasqui.db");
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        for (int i = 0; i < 20; i++) {
          HttpResponse<String> answer = caller.webhook(Caller.message("wamid." + i, 10));
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.body()).contains("\"accepted\":true");
        }
        town.await("what has begun does not wait for its row", got -> !got.isEmpty());
        statement.execute("ROLLBACK");
      }
      town.await("all are delivered once the lock is gone", got -> got.size() >= 20);
      assertThat(town.got()).extracting(Town.Got::deliveryId).doesNotHaveDuplicates().hasSize(20);
    }
  }

  @Test
  void aFullJournalSays503AndGoesOnWhenThereIsRoom() throws Exception {
    try (Town town = new Town();
        Gateway gateway =
            LocalGateway.start(
                folder,
                Map.of("journal.segment", "1MiB", "journal.cap", "4MiB", "alerts.every", "200ms"));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.callback(town.url());
      caller.admin("POST", "/api/v1/endpoints/" + applicationCallback(caller) + "/pause", "");
      int accepted = 0;
      while (caller.webhook(Caller.message("wamid." + accepted, 200_000)).statusCode() == 200) {
        accepted++;
      }
      assertThat(accepted).isBetween(3, 21);
      assertThat(caller.open("/ready").statusCode()).isEqualTo(503);
      assertThat(caller.open("/ready").body()).contains("journal.cap is reached");
      assertThat(caller.open("/health").statusCode()).isEqualTo(200);
      awaitAlert(caller, "disk.full");
      caller.admin("POST", "/api/v1/endpoints/" + applicationCallback(caller) + "/resume", "");
      int owed = accepted;
      town.await("what was acknowledged is delivered", got -> got.size() == owed);
      HttpResponse<String> later = caller.webhook(Caller.message("wamid.later", 10));
      for (int tries = 0; tries < 600 && later.statusCode() == 503; tries++) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        later = caller.webhook(Caller.message("wamid.later", 10));
      }
      assertThat(later.statusCode()).isEqualTo(200);
      town.await("and what comes later too", got -> got.size() == owed + 1);
    }
  }

  @Test
  void p6AReceiverGetsMetasBytesWithMetasSignature() throws Exception {
    Bytes body =
        Bytes.utf8(
            Caller.message("wamid.1", 5)
                .toUtf8()
                .replace("xxxxx", "\\u00e4\\/ \u00e4\uD83D\uDE00 \\uD83D\\uDE00"));
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.callback(town.url());
      String answer = caller.webhook(body).body();
      town.await("it arrives", got -> got.size() == 1);
      Town.Got got = town.got().getFirst();
      assertThat(got.body()).isEqualTo(body);
      assertThat(got.eventId()).isEqualTo(Caller.eventId(answer));
      assertThat(got.attempt()).isEqualTo("1");
      assertThat(caller.get("/api/v1/events/" + got.eventId() + "/raw")).isEqualTo(body.toUtf8());
    }
  }

  @Test
  void aSecondGatewayOverTheSameDataIsRefused() throws Exception {
    try (Gateway _ = LocalGateway.start(folder)) {
      assertThatThrownBy(() -> LocalGateway.start(folder))
          .isInstanceOf(HeldElsewhereException.class)
          .hasMessageContaining("another Chasqui uses the data directory");
    }
    try (Gateway again = LocalGateway.start(folder)) {
      assertThat(again.readyLine()).startsWith("chasqui ready public=http://127.0.0.1:");
    }
  }

  private static void awaitAlert(Caller caller, String kind) throws Exception {
    String alerts = "";
    for (int tries = 0; tries < 600 && !alerts.contains(kind); tries++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      alerts = caller.get("/api/v1/alerts?state=open&kind=" + kind);
    }
    assertThat(alerts).contains("journal.cap is reached");
  }

  private static String applicationCallback(Caller caller) throws Exception {
    String endpoints = caller.get("/api/v1/endpoints");
    int from = endpoints.indexOf("ep_");
    return endpoints.substring(from, from + 29);
  }
}
