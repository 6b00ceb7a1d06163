package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What `/ready` and the metrics tell of the process's loops and of what stands still.
class SupervisionIT {

  private static final List<String> LOOPS =
      List.of(
          "journal-preparer",
          "journal-writer",
          "store-writer",
          "store-checkpoint",
          "store-probe",
          "projection",
          "projection-write",
          "ledger",
          "delivery-timer",
          "delivery-settle",
          "delivery-claim",
          "delivery-replay",
          "alerts-check",
          "alerts-send",
          "housekeep",
          "series",
          "resend");

  @TempDir private Path folder;

  @Test
  void everyLoopIsListedAndCounted() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      HttpResponse<String> answer = caller.open("/ready");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode ready = Json.read(Bytes.utf8(answer.body()));
      assertThat(ready.path("ready").asBoolean()).isTrue();
      assertThat(ready.path("durability").asString()).isEqualTo("node");
      assertThat(ready.path("loops").valueStream().map(it -> it.path("name").asString()))
          .containsAll(LOOPS);
      assertThat(ready.path("loops").valueStream())
          .allSatisfy(
              loop -> {
                assertThat(loop.path("state").asString()).isEqualTo("running");
                assertThat(loop.path("since").asString()).endsWith("Z");
                assertThat(loop.path("reason").isNull()).isTrue();
              });
      assertThat(caller.get("/metrics"))
          .contains("chasqui_loop{loop=\"store-checkpoint\",state=\"running\"} 1.0");
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsToldWithoutWaitingForIt() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chasqui.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      HttpResponse<String> answer = caller.open("/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"the store does not answer in time\"");
      statement.execute("ROLLBACK");
    }
  }
}
