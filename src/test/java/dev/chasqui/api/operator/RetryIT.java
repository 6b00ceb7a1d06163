package dev.chasqui.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.operations.Replayer.Selection;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trying now what waits, over HTTP and a real store.
class RetryIT {

  private static final String NOW = "/retry-now";

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

  private void retrying(int number) {
    rows.owed(number, endpoint);
    Attempt attempt = new Attempt(Rows.START, 12, "status", 500, "status 500", "sorry");
    Settlement retry =
        new Settlement.Retry(
            Rows.deliveryId(number), Rows.LEASE, attempt, Rows.START.plus(Duration.ofHours(5)));
    assertThat(operator.store.deliveries().settle(List.of(retry), Rows.START)).isEmpty();
  }

  private static String of(int number) {
    return "/api/v1/deliveries/" + Rows.deliveryId(number) + NOW;
  }

  @Test
  void allThatWaitsForAnEndpointIsTriedNow() {
    Answered answered = operator.admin.post("/api/v1/endpoints/" + endpoint + NOW, "");
    assertThat(answered.status()).isEqualTo(202);
    assertThat(answered.json().path("id").stringValue()).isEqualTo(endpoint.toString());
    assertThat(operator.engines.tried).containsExactly(endpoint.toString());
  }

  @Test
  void nothingIsPromisedOfAnEndpointThatIsSwitchedOff() {
    retrying(1);
    operator.admin.post("/api/v1/endpoints/" + endpoint + "/pause", "");
    Answered refused = operator.admin.post("/api/v1/endpoints/" + endpoint + NOW, "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").stringValue()).contains("is paused");
    assertThat(operator.admin.post(of(1), "").status()).isEqualTo(409);
    assertThat(operator.engines.tried).isEmpty();
  }

  @Test
  void aDeliveryThatWaitsIsTriedNow() {
    retrying(1);
    assertThat(operator.admin.post(of(1), "").status()).isEqualTo(202);
    assertThat(operator.engines.tried).containsExactly(Rows.deliveryId(1).toString());
    assertThat(operator.admin.post(of(1) + "?workspace=other", "").status()).isEqualTo(404);
  }

  @Test
  void oneThatDoesNotWaitIsRefusedWithTheReason() {
    rows.owed(1, endpoint);
    assertThat(operator.admin.post(of(1), "").json().path("detail").stringValue())
        .contains("under way");
    rows.dead(1, "gone");
    Answered dead = operator.admin.post(of(1), "");
    assertThat(dead.status()).isEqualTo(409);
    assertThat(dead.json().path("detail").stringValue()).contains("replays");
    assertThat(operator.engines.tried).isEmpty();
  }

  @Test
  void whatMatchesIsTriedInSteps() {
    operator.engines.running = Optional.of(new ReplayId(Rows.eventId(9).ulid()));
    Answered begun =
        operator.admin.post(
            "/api/v1/deliveries/retry-now",
            "{\"filter\":{\"endpointId\":\"" + endpoint + "\",\"state\":\"retrying\"}}");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(operator.engines.orders.getFirst().selection())
        .isInstanceOfSatisfying(
            Selection.Waiting.class,
            it -> {
              assertThat(it.filter().endpoint()).isEqualTo(endpoint);
              assertThat(it.filter().state()).isEqualTo(DeliveryState.RETRYING);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{'filter':{}}",
        "{'filter':{'endpointId':null}}",
        "{'filter':{'state':'dead'}}",
        "{'filter':{'state':'retrying'},'dryRun':true}"
      })
  void aFilterThatNamesNothingThatWaitsIsRefused(String body) {
    String path = "/api/v1/deliveries/retry-now";
    assertThat(operator.admin.post(path, body.replace('\'', '"')).status()).isEqualTo(400);
    assertThat(operator.engines.orders).isEmpty();
  }

  @Test
  void whatWaitsForARetryCountsAsOwedSinceItsEvent() {
    retrying(1);
    operator.clock.move(Duration.between(operator.clock.instant(), Rows.START.plusSeconds(61)));
    assertThat(
            operator
                .admin
                .get("/api/v1/endpoints/" + endpoint)
                .json()
                .path("oldestDueSeconds")
                .longValue())
        .isEqualTo(60);
  }
}
