package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Events over HTTP and a real store.
class EventsIT {

  private static final String ROOT = "/api/v1/events";

  @TempDir Path folder;
  private Operator operator;
  private Rows rows;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
    rows = new Rows(operator);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void anEventIsListedWithItsVerdicts() {
    EventId id = rows.event(1);
    JsonNode listed = operator.admin.get(ROOT).json();
    assertThat(listed.path("nextCursor").isNull()).isTrue();
    assertThat(listed.path("data").get(0).toString())
        .isEqualTo(
            ("{\"id\":\"%s\",\"source\":\"whatsapp\",\"topic\":\"messages\","
                    + "\"deliveryId\":\"sent-1\",\"signatureValid\":true,\"bodyHash\":\"%s\","
                    + "\"receivedAt\":\"2026-05-04T10:00:01Z\",\"state\":\"processed\","
                    + "\"reason\":null,\"sightings\":0,\"summary\":{\"object\":\"whatsapp_business_account\","
                    + "\"entries\":1,\"changeCount\":1,\"topic\":\"messages\",\"messageCount\":1,"
                    + "\"statusCount\":0},\"fields\":[\"messages\"]}")
                .formatted(id, "00".repeat(32)));
  }

  @ParameterizedTest
  @CsvSource({
    "topic=messages, 2",
    "topic=unknown, 0",
    "source=whatsapp, 2",
    "source=meta, 0",
    "signatureValid=true, 1",
    "signatureValid=false, 1",
    "state=rejected, 1",
    "state=processed, 1",
    "field=messages, 2",
    "field=calls, 0",
    "phoneNumberId=106, 2",
    "wabaId=999, 0",
    "wamid=wamid.1, 1",
    "waId=4915, 2",
    "deliveryId=sent-2, 1",
    "since=2026-05-04T10:00:02Z, 1",
    "until=2026-05-04T10:00:02Z, 1",
    "since=2026-05-04T12:00:02%2B02:00, 1"
  })
  void filtersChoose(String query, int count) {
    rows.event(1);
    rows.event(2, Operator.DEFAULT, EventRow.State.REJECTED);
    rows.event(3, Operator.OTHER, EventRow.State.PROCESSED);
    assertThat(operator.admin.get(ROOT + "?" + query).json().path("data")).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic=news",
        "signatureValid=maybe",
        "state=lost",
        "since=yesterday",
        "cursor=abc",
        "limit=1000"
      })
  void badFiltersAreRefusedWithTheirName(String query) {
    rows.event(1);
    Answered answered = operator.admin.get(ROOT + "?" + query);
    assertThat(answered.status()).isEqualTo(400);
    assertThat(Operator.paths(answered)).containsExactly(query.replaceAll("=.*", ""));
  }

  @Test
  void theNextPageBeginsWhereTheLastEnded() {
    EventId first = rows.event(1);
    rows.event(2);
    JsonNode page = operator.admin.get(ROOT + "?limit=1").json();
    JsonNode next = operator.admin.get(ROOT + "?limit=1&cursor=" + text(page, "nextCursor")).json();
    assertThat(text(next.path("data").get(0), "id")).isEqualTo(first.toString());
  }

  @Test
  void theDetailHasHeadersQueryNotificationsAndDeliveries() {
    String endpoint = operator.created("");
    rows.event(7);
    EventId id = rows.owed(1, EndpointId.parse(endpoint));
    JsonNode detail = operator.admin.get(ROOT + "/" + id).json();
    assertThat(detail.path("headers").isNull()).isTrue();
    assertThat(text(detail.path("notifications").get(0), "itemId")).isEqualTo("wamid.1");
    assertThat(text(detail.path("deliveries").get(0), "endpointId")).isEqualTo(endpoint);
    JsonNode kept = operator.admin.get(ROOT + "/" + Rows.eventId(7)).json();
    assertThat(kept.path("headers").toString())
        .isEqualTo("[{\"name\":\"X-Hub-Signature-256\",\"value\":\"sha256=00\"}]");
    assertThat(text(kept, "query")).isEqualTo("a=1");
  }

  @Test
  void anEventThatWasJustAcknowledgedIsWaitedFor() {
    operator.engines.meanwhile = () -> rows.event(1);
    assertThat(operator.admin.get(ROOT + "/" + Rows.eventId(1)).status()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(operator.admin.get(ROOT + "/" + Rows.eventId(1)).status()).isEqualTo(404);
    assertThat(operator.admin.get(ROOT + "/nothing").status()).isEqualTo(404);
    EventId other = rows.event(3, Operator.OTHER, EventRow.State.PROCESSED);
    assertThat(operator.admin.get(ROOT + "/" + other).status()).isEqualTo(404);
    assertThat(operator.admin.get(ROOT + "/" + other + "?workspace=other").status()).isEqualTo(200);
  }

  @Test
  void theRawBytesAreExactAndNoBrowserTakesThemForAPage() {
    EventId id = rows.event(1);
    Answered raw = operator.admin.get(ROOT + "/" + id + "/raw");
    assertThat(raw.bytes()).isEqualTo(Rows.ENVELOPE.getBytes(StandardCharsets.UTF_8));
    assertThat(raw.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(raw.header("Content-Disposition")).startsWith("attachment");
    assertThat(raw.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void bytesThatRetentionDeletedAreGone() {
    EventId id = rows.event(1);
    operator.engines.raw.clear();
    assertThat(operator.admin.get(ROOT + "/" + id + "/raw").status()).isEqualTo(410);
  }

  @Test
  void routesAreExplainedForStoredAndSampleEvents() {
    operator.created(",\"scope\":{\"wabaId\":\"102\"}");
    operator.created(",\"scope\":{\"wabaId\":\"999\"}");
    operator.engines.routed = operator.store.resources().endpoints();
    EventId id = rows.event(1);
    JsonNode stored = operator.admin.get("/api/v1/routes/explain?eventId=" + id).json();
    JsonNode sample = operator.admin.post("/api/v1/routes/explain", Rows.ENVELOPE).json();
    assertThat(stored).isEqualTo(sample);
    assertThat(stored.path("matched")).hasSize(1);
    assertThat(text(stored.path("matched").get(0), "rule")).isEqualTo("subscription");
    assertThat(stored.path("unmatched")).hasSize(1);
    assertThat(stored.path("unmatched").get(0).path("reasons")).isNotEmpty();
    for (Endpoint endpoint : operator.store.resources().endpoints()) {
      assertThat(stored.toString()).contains(endpoint.id().toString());
    }
  }

  @Test
  void whatCannotBeExplainedIsRefused() {
    String path = "/api/v1/routes/explain";
    assertThat(operator.admin.post(path, "{\"a\":1}").status()).isEqualTo(400);
    assertThat(operator.admin.post(path, "no json").status()).isEqualTo(400);
    assertThat(Operator.paths(operator.admin.get(path))).containsExactly("eventId");
    assertThat(operator.admin.get(path + "?eventId=" + Rows.eventId(1)).status()).isEqualTo(404);
  }

  @Test
  void whoDidNotGetAnEventIsToldWithTheRuleAlthoughNoRowSaysSo() {
    operator.created(",\"scope\":{\"wabaId\":\"102\"}");
    String keptOut = operator.created(",\"scope\":{\"wabaId\":\"999\"}");
    operator.engines.routed = operator.store.resources().endpoints();
    EventId id = rows.event(1);
    String path = "/api/v1/deliveries?state=filtered&eventId=" + id;
    JsonNode listed = operator.admin.get(path).json().path("data");
    assertThat(listed).hasSize(1);
    JsonNode told = listed.get(0);
    assertThat(text(told, "endpointId")).isEqualTo(keptOut);
    assertThat(text(told, "state")).isEqualTo("filtered");
    assertThat(text(told, "filteredBy")).isNotEmpty();
    assertThat(told.path("computed").booleanValue()).isTrue();
    assertThat(told.path("id").isNull()).isTrue();
    assertThat(operator.admin.get(ROOT + "/" + id).json().path("keptOut")).isEqualTo(listed);
    assertThat(operator.admin.get(path + "&endpointId=" + keptOut).json().path("data")).hasSize(1);
    assertThat(operator.admin.get(path + "&workspace=other").json().path("data")).isEmpty();
  }

  @Test
  void nobodyIsKeptOutOfWhatWasNotProcessedOrWhatItIsOwed() {
    String endpoint = operator.created(",\"scope\":{\"wabaId\":\"999\"}");
    operator.engines.routed = operator.store.resources().endpoints();
    EventId rejected = rows.event(1, Operator.DEFAULT, EventRow.State.REJECTED);
    rows.event(3);
    operator.engines.raw.putAll(
        Map.of(100L, operator.engines.rawAt(300), 200L, operator.engines.rawAt(300)));
    EventId owed = rows.owed(2, EndpointId.parse(endpoint));
    assertThat(operator.admin.get(ROOT + "/" + rejected).json().path("keptOut")).isEmpty();
    assertThat(operator.admin.get(ROOT + "/" + owed).json().path("keptOut")).isEmpty();
    assertThat(operator.admin.get(ROOT + "/" + Rows.eventId(3)).json().path("keptOut")).hasSize(1);
  }

  @Test
  void switchbordsToolsFindTheirShapes() {
    EventId id = rows.event(1);
    assertThat(operator.admin.get("/internal/webhooks").text())
        .isEqualTo(
            ("{\"webhooks\":[{\"id\":\"%s\",\"source\":\"whatsapp\",\"topic\":\"messages\","
                    + "\"deliveryId\":\"sent-1\",\"signatureValid\":true,\"bodyHash\":\"%s\","
                    + "\"receivedAt\":\"2026-05-04T10:00:01Z\"}]}")
                .formatted(id, "00".repeat(32)));
    JsonNode one = operator.admin.get("/internal/webhooks/" + id).json();
    assertThat(text(one.path("webhook"), "normalizationStatus")).isEqualTo("processed");
    assertThat(one.path("webhook").path("replayable").booleanValue()).isTrue();
    assertThat(one.path("webhook").path("replays").isArray()).isTrue();
    assertThat(one.path("webhook").path("replays")).isEmpty();
    ReplayId replay = new ReplayId(Rows.eventId(9).ulid());
    operator.engines.running = Optional.of(replay);
    Answered begun = operator.admin.post("/internal/webhooks/" + id + "/replay", "");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.text())
        .isEqualTo("{\"webhookEventId\":\"" + id + "\",\"replayId\":\"" + replay + "\"}");
    Answered missing = operator.admin.get("/internal/webhooks/nothing");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text()).isEqualTo("{\"error\":\"webhook_not_found\"}");
  }

  @Test
  void switchbordsToolsSeeTheReplaysOfAWebhook() {
    EventId id = rows.event(1);
    ReplayId replay = new ReplayId(Rows.eventId(9).ulid());
    operator
        .store
        .jobs()
        .putReplay(
            new JobStore.Replay(
                replay,
                WorkspaceId.DEFAULT,
                "{\"eventIds\":[\"" + id + "\"]}",
                "done",
                new JobStore.Progress(1, 1, null, replay.ulid().time())));
    JsonNode replays =
        operator.admin.get("/internal/webhooks/" + id).json().path("webhook").path("replays");
    assertThat(replays.toString())
        .isEqualTo(
            ("[{\"id\":\"%s\",\"requestedAt\":\"%s\",\"state\":\"done\",\"total\":1,\"done\":1,"
                    + "\"updatedAt\":\"%s\"}]")
                .formatted(replay, replay.ulid().time(), replay.ulid().time()));
  }

  @Test
  void ledgerReadsAreUpToDate() {
    assertThat(operator.admin.get("/api/v1/messages/wamid.1").status()).isEqualTo(404);
    assertThat(operator.admin.get("/api/v1/contacts/4915").status()).isEqualTo(404);
    assertThat(operator.engines.folds).hasValue(2);
    rows.event(1);
    assertThat(operator.admin.get("/api/v1/stats").json().path("events").isObject()).isTrue();
  }

  @Test
  void anAnswerThatMayLackSomethingSaysHowFarTheStoreIs() {
    rows.event(1);
    for (String path : List.of("events", "deliveries", "stats", "messages/wamid.1")) {
      assertThat(behind("/api/v1/" + path)).as(path).isEmpty();
    }
    operator.engines.behind = Duration.ofMillis(3_400);
    for (String path : List.of("events", "deliveries", "dead-letters", "stats")) {
      assertThat(behind("/api/v1/" + path)).as(path).contains("4");
    }
    assertThat(behind("/internal/webhooks")).contains("4");
    assertThat(operator.admin.get("/api/v1/messages/wamid.2").json().path("detail").stringValue())
        .contains("the store is 4 s behind");
    assertThat(operator.admin.get("/api/v1/contacts/4915").json().path("detail").stringValue())
        .contains("the store is 4 s behind");
  }

  private Optional<String> behind(String path) {
    return operator.admin.get(path).response().headers().firstValue("Chasqui-Behind-Seconds");
  }
}
