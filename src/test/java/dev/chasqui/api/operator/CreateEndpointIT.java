package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call that is repeated, and an endpoint that is there already.
class CreateEndpointIT {

  private static final String ROOT = "/api/v1/endpoints";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  private String body(String name) {
    return "{\"name\":\"%s\",\"dialect\":\"standard\",\"url\":\"%s\"}"
        .formatted(name, operator.receiver());
  }

  private Exchange keyed(String key) {
    return operator.admin.with("Idempotency-Key", key);
  }

  @Test
  void aRepeatedCallGetsTheFirstAnswerForADay() {
    Answered first = keyed("deploy-7").post(ROOT, body("crm"));
    assertThat(first.status()).isEqualTo(201);
    operator.clock.move(Duration.ofHours(23));
    Answered again = keyed("deploy-7").post(ROOT, body("crm"));
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text()).contains("\"secret\":\"whsec_");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(operator.store.resources().endpoints()).hasSize(1);
    operator.clock.move(Duration.ofHours(2));
    assertThat(keyed("deploy-7").post(ROOT, body("other")).status()).isEqualTo(201);
  }

  @Test
  void oneKeyStandsForOneBodyOfOneWorkspace() {
    keyed("k").post(ROOT, body("crm"));
    Answered other = keyed("k").post(ROOT, body("other"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text()).contains("Idempotency-Key was used with another request");
    assertThat(keyed("k").post(ROOT + "?workspace=other", body("crm")).status()).isEqualTo(201);
    assertThat(keyed("a b").post(ROOT, body("third")).status()).isEqualTo(400);
  }

  @Test
  void ofManyCallsAtOnceWithOneKeyOneMakesAnEndpoint() throws Exception {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answered>> answers =
          IntStream.range(0, 8)
              .mapToObj(_ -> all.submit(() -> keyed("same").post(ROOT, body("crm"))))
              .toList();
      for (Future<Answered> answer : answers) {
        assertThat(answer.get().text()).isEqualTo(answers.getFirst().get().text());
      }
    }
    assertThat(operator.store.resources().endpoints()).hasSize(1);
  }

  @Test
  void aTwinIsRefusedUnlessItIsWanted() {
    String id = text(operator.admin.post(ROOT, body("crm")).json(), "id");
    Answered twin = operator.admin.post(ROOT, body("crm"));
    assertThat(twin.status()).isEqualTo(409);
    assertThat(twin.text()).contains(id, "allowTwin");
    assertThat(operator.admin.post(ROOT, body("another")).status()).isEqualTo(201);
    String wanted = body("crm").replace("}", ",\"allowTwin\":true}");
    assertThat(operator.admin.post(ROOT, wanted).status()).isEqualTo(201);
    assertThat(operator.store.resources().endpoints()).hasSize(3);
    Exchange.Answered patch = operator.admin.send("PATCH", ROOT + "/" + id, "{\"allowTwin\":true}");
    assertThat(paths(patch)).containsExactly("allowTwin");
  }

  @Test
  void wordsOfFiltersThatNobodyKnowsAreWarnedOf() {
    String filters =
        ",\"filters\":{\"fields\":[\"mesages\"],\"messageTypes\":[\"imgae\",\"text\"]}}";
    Answered made = operator.admin.post(ROOT, body("crm").replace("}", filters));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("warnings")).hasSize(2);
    assertThat(made.json().path("warnings").path(0).toString())
        .contains("\"path\":\"filters.fields\"", "mesages is not known; did you mean messages?");
    assertThat(made.json().path("warnings").path(1).toString()).contains("imgae", "image");
    String path = ROOT + "/" + text(made.json(), "id");
    Answered patched =
        operator.admin.send(
            "PATCH", path, "{\"filters\":{\"fields\":[\"messages\"],\"messageTypes\":null}}");
    assertThat(patched.json().path("warnings")).isEmpty();
    assertThat(operator.admin.get(path).json().has("warnings")).isFalse();
  }

  @Test
  void withAnUnknownDialectTheOtherFaultsAreToldToo() {
    String body =
        """
        {"name":"","dialect":"morse","url":"nowhere","policy":{"deadline":"PT1H","maxInFlight":0,\
        "retries":3},"filters":{"directions":["up"]}}\
        """;
    assertThat(paths(operator.admin.post(ROOT, body)))
        .containsExactlyInAnyOrder(
            "name",
            "dialect",
            "url",
            "policy.deadline",
            "policy.maxInFlight",
            "policy.retries",
            "filters.directions");
  }
}
