package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.ReplayId;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.Replayer.Selection;
import dev.chasqui.store.JobStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Deliveries, dead letters, jobs and replays over HTTP and a real store.
class WorkIT {

  @TempDir Path folder;
  private Operator operator;
  private Rows rows;
  private EndpointId endpoint;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
    rows = new Rows(operator);
    endpoint = EndpointId.parse(operator.created(""));
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void aDeliveryIsToldWithItsAttempts() {
    EventId event = rows.owed(1, endpoint);
    rows.dead(1, "schedule_exhausted");
    assertThat(operator.admin.get("/api/v1/deliveries/" + Rows.deliveryId(1)).text())
        .isEqualTo(
            ("{\"id\":\"%s\",\"eventId\":\"%s\",\"endpointId\":\"%s\",\"dialect\":\"standard\","
                    + "\"state\":\"dead\",\"lane\":\"default\",\"attempts\":[{\"at\":"
                    + "\"2026-05-04T10:00:00Z\",\"millis\":12,\"status\":500,\"outcome\":"
                    + "\"refused\",\"error\":\"HTTP 500\",\"responseBody\":\"sorry\"}],"
                    + "\"attemptCount\":1,\"nextAttemptAt\":null,"
                    + "\"deadReason\":\"schedule_exhausted\",\"filteredBy\":null,"
                    + "\"items\":\"0.0.0\"}")
                .formatted(Rows.deliveryId(1), event, endpoint));
  }

  @ParameterizedTest
  @CsvSource({
    "state=leased, 1",
    "state=dead, 1",
    "lane=default, 2",
    "lane=low, 0",
    "since=2026-05-04T10:00:02Z, 1"
  })
  void filtersChooseDeliveries(String query, int count) {
    rows.owed(1, endpoint);
    rows.owed(2, endpoint);
    rows.dead(2, "gone");
    JsonNode listed = operator.admin.get("/api/v1/deliveries?" + query).json();
    assertThat(listed.path("data")).hasSize(count);
  }

  @Test
  void deliveriesAreFoundByEventEndpointAndLane() {
    EventId event = rows.owed(1, endpoint);
    rows.owed(2, EndpointId.parse(operator.created("")));
    String root = "/api/v1/deliveries";
    assertThat(operator.admin.get(root + "?eventId=" + event).json().path("data")).hasSize(1);
    assertThat(operator.admin.get(root + "?endpointId=" + endpoint).json().path("data")).hasSize(1);
    operator.engines.healths.put(
        endpoint, new EndpointHealths.Health("healthy", Lane.LOW, 1L, "slow"));
    JsonNode low = operator.admin.get(root + "?lane=low&limit=1").json();
    assertThat(text(low.path("data").get(0), "eventId")).isEqualTo(event.toString());
    assertThat(paths(operator.admin.get(root + "?lane=fast"))).containsExactly("lane");
    assertThat(paths(operator.admin.get(root + "?eventId=x"))).containsExactly("eventId");
  }

  @Test
  void aDeliveryOfAnotherWorkspaceIsNotFound() {
    rows.owed(1, endpoint);
    String path = "/api/v1/deliveries/" + Rows.deliveryId(1);
    assertThat(operator.admin.get(path + "?workspace=other").status()).isEqualTo(404);
    assertThat(operator.admin.get("/api/v1/deliveries/dlv_x").status()).isEqualTo(404);
  }

  @Test
  void deadLettersAreListedAndGroupedByCause() {
    rows.owed(1, endpoint);
    rows.owed(2, endpoint);
    rows.owed(3, endpoint);
    rows.dead(1, "gone");
    rows.dead(2, "gone");
    assertThat(operator.admin.get("/api/v1/dead-letters").json().path("data")).hasSize(2);
    JsonNode group = operator.admin.get("/api/v1/dead-letters/groups").json().path("data").get(0);
    assertThat(group.path("count").longValue()).isEqualTo(2);
    assertThat(text(group, "reason")).isEqualTo("gone");
    assertThat(text(group, "endpointId")).isEqualTo(endpoint.toString());
  }

  @Test
  void aFailedJobIsListedAndRetried() {
    JobId job = rows.failed(1);
    JsonNode listed = operator.admin.get("/api/v1/jobs").json().path("data").get(0);
    assertThat(text(listed, "id")).isEqualTo(job.toString());
    assertThat(text(listed, "error")).isEqualTo("no way");
    assertThat(operator.admin.post("/api/v1/jobs/" + job + "/retry", "").status()).isEqualTo(200);
    assertThat(operator.engines.retried).containsExactly(job);
  }

  @Test
  void aJobThatWentWellIsToldByItsEvent() {
    EventId event = rows.event(1);
    String path = "/api/v1/jobs/" + new JobId(event.ulid());
    JsonNode told = operator.admin.get(path).json();
    assertThat(text(told, "state")).isEqualTo("succeeded");
    assertThat(text(told, "eventId")).isEqualTo(event.toString());
    assertThat(operator.admin.post(path + "/retry", "").status()).isEqualTo(409);
    assertThat(operator.admin.get("/api/v1/jobs/job_x").status()).isEqualTo(404);
  }

  @Test
  void aReplayIsBegunWatchedAndStopped() {
    ReplayId id = new ReplayId(Rows.eventId(9).ulid());
    JobStore.Progress progress = new JobStore.Progress(5, 2, null, operator.clock.instant());
    operator
        .store
        .jobs()
        .putReplay(new JobStore.Replay(id, Operator.DEFAULT, "{}", "running", progress));
    operator.engines.running = Optional.of(id);
    EventId event = rows.event(1);
    Answered begun =
        operator.admin.post(
            "/api/v1/replays", "{\"eventIds\":[\"" + event + "\"],\"ratePerSecond\":4}");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.text()).isEqualTo("{\"id\":\"" + id + "\",\"count\":5}");
    assertThat(operator.engines.orders)
        .containsExactly(
            new Replayer.Order(new Selection.Events(List.of(event)), null, 4.0, false));
    JsonNode told = operator.admin.get("/api/v1/replays/" + id).json();
    assertThat(told.path("done").longValue()).isEqualTo(2);
    assertThat(operator.admin.delete("/api/v1/replays/" + id).status()).isEqualTo(204);
    operator.engines.running = Optional.empty();
    assertThat(operator.admin.delete("/api/v1/replays/" + id).status()).isEqualTo(409);
    assertThat(operator.admin.get("/api/v1/replays/" + id + "?workspace=other").status())
        .isEqualTo(404);
  }

  @Test
  void aDryRunOfDeadLettersOnlyCounts() {
    String body =
        "{\"filter\":{\"endpointId\":\""
            + endpoint
            + "\",\"since\":\"2026-05-04T10:00:00Z\"},\"deadOnly\":true,\"dryRun\":true}";
    Answered answered = operator.admin.post("/api/v1/replays", body);
    assertThat(answered.text()).isEqualTo("{\"id\":null,\"count\":5}");
    Selection selection = operator.engines.orders.getFirst().selection();
    assertThat(selection)
        .isInstanceOfSatisfying(
            Selection.Matching.class,
            it -> {
              assertThat(it.filter().state()).isEqualTo(DeliveryState.DEAD);
              assertThat(it.filter().endpoint()).isEqualTo(endpoint);
            });
  }

  @ParameterizedTest
  @CsvSource({"filtered", "pending", "leased", "retrying"})
  void aReplayByFilterRefusesStatesInWhichNothingIsToBeSentAgain(String state) {
    String body = "{\"filter\":{\"state\":\"" + state + "\"}}";
    assertThat(paths(operator.admin.post("/api/v1/replays", body))).containsExactly("filter.state");
    assertThat(operator.engines.orders).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'filter':{}} | filter",
        "{'filter':{},'deadOnly':true} | filter",
        "{'filter':{'endpointId':null}} | filter.endpointId",
        "{'filter':{'reason':'gone','endpointId':null}} | filter.endpointId",
        "{'eventIds':[]} | eventIds",
        "{'deliveryIds':[]} | deliveryIds",
        "{'filter':{'reason':'gone'},'endpointId':null} | endpointId"
      })
  void anOrderThatAScriptLeftEmptyReplaysNothing(String body, String path) {
    Answered refused = operator.admin.post("/api/v1/replays", body.replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(paths(refused)).contains(path);
    assertThat(operator.engines.orders).isEmpty();
  }

  @Test
  void whatIsWrongWithAReplayIsTold() {
    String path = "/api/v1/replays";
    assertThat(operator.admin.post(path, "{}").status()).isEqualTo(400);
    assertThat(operator.admin.post(path, "{\"eventIds\":[],\"deadOnly\":true}").status())
        .isEqualTo(400);
    assertThat(paths(operator.admin.post(path, "{\"eventIds\":[\"x\"],\"rate\":1}")))
        .containsExactly("eventIds[0]", "rate");
    Answered refused =
        operator.admin.post(path, "{\"deadOnly\":true,\"ratePerSecond\":13,\"dryRun\":true}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(text(refused.json(), "detail")).contains("thirteen");
  }
}
