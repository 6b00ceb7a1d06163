package dev.chasqui.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `GET /api/v1/tail`, read as a browser reads it.
@Timeout(60)
class TailIT {

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Operator operator;
  private Rows rows;
  private LiveTail tail;
  private EndpointId endpoint;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
    rows = new Rows(operator);
    tail = operator.engines.tail;
    endpoint = EndpointId.parse(operator.created(""));
  }

  @AfterEach
  void close() {
    client.close();
    operator.close();
  }

  @Test
  void eventsAndDeliveriesAreToldAsTheyHappen() throws Exception {
    try (Reader reader = read("", null)) {
      assertThat(reader.status()).isEqualTo(200);
      assertThat(reader.type()).isEqualTo("text/event-stream");
      EventRow row = row(1);
      tail.event(row);
      Message event = reader.next();
      assertThat(event.name()).isEqualTo("event");
      assertThat(event.id()).isEqualTo("100-" + row.id());
      assertThat(event.data().path("id").stringValue("")).isEqualTo(row.id().toString());
      assertThat(event.data().path("topic").stringValue("")).isEqualTo("messages");
      tail.delivery(delivery(1, DeliveryState.DELIVERED));
      Message delivery = reader.next();
      assertThat(delivery.name()).isEqualTo("delivery");
      assertThat(delivery.id()).isEmpty();
      assertThat(delivery.data().toString())
          .isEqualTo(
              ("{\"id\":\"%s\",\"eventId\":\"%s\",\"endpointId\":\"%s\",\"endpoint\":\"crm\","
                      + "\"state\":\"delivered\",\"outcome\":\"delivered\",\"status\":200,"
                      + "\"error\":null,\"at\":\"2026-05-04T10:00:00Z\",\"millis\":12,"
                      + "\"nextAttemptAt\":null,\"deadReason\":null}")
                  .formatted(Rows.deliveryId(1), row.id(), endpoint));
    }
  }

  @Test
  void aQuietTailSaysThatItIsThere() throws Exception {
    try (Reader reader = read("", null)) {
      assertThat(reader.line()).isEqualTo("retry: 3000");
      while (!reader.line().equals(": still here")) {
        // What comes before is no matter.
      }
    }
  }

  @Test
  void filtersAreThoseOfEventsAndDeliveriesFollowTheirEvents() throws Exception {
    try (Reader reader = read("?wamid=wamid.2", null)) {
      tail.event(row(1));
      tail.delivery(delivery(1, DeliveryState.DELIVERED));
      tail.event(row(2));
      tail.delivery(delivery(2, DeliveryState.DEAD));
      assertThat(reader.next().id()).startsWith("200-");
      assertThat(reader.next().data().path("state").stringValue("")).isEqualTo("dead");
    }
    awaitNobody();
    try (Reader reader = read("?only=deliveries&endpointId=" + endpoint, null)) {
      tail.event(row(3));
      tail.delivery(delivery(3, DeliveryState.DELIVERED));
      assertThat(reader.next().name()).isEqualTo("delivery");
    }
    assertThat(operator.admin.get("/api/v1/tail?only=nothing").status()).isEqualTo(400);
  }

  /// As in the lists; what becomes known of the contact counts while the tail is open.
  @Test
  void aContactIsFoundByEachOfItsIds() throws Exception {
    rows.contact(1, "4915", "US.1");
    try (Reader reader = read("?waId=US.1", null)) {
      tail.event(row(2));
      assertThat(reader.next().id()).startsWith("200-");
    }
    awaitNobody();
    try (Reader reader = read("?waId=US.2", null)) {
      tail.event(stored(rows.from(3, "US.2")));
      assertThat(reader.next().id()).startsWith("300-");
      rows.contact(4, "4915", "US.2");
      operator.clock.move(Duration.ofSeconds(2));
      tail.event(row(5));
      assertThat(reader.next().id()).startsWith("500-");
    }
  }

  @Test
  void aRejectionsReasonIsAFilter() throws Exception {
    try (Reader reader = read("?reason=invalid_signature", null)) {
      tail.event(row(1));
      tail.event(stored(rows.event(2, WorkspaceId.DEFAULT, EventRow.State.REJECTED)));
      assertThat(reader.next().id()).startsWith("200-");
    }
  }

  @Test
  void otherWorkspacesAreNotTold() throws Exception {
    try (Reader reader = read("", null)) {
      EventId foreign = rows.event(1, Operator.OTHER, EventRow.State.PROCESSED);
      tail.event(operator.store.events().find(foreign).orElseThrow().row());
      tail.event(row(2));
      assertThat(reader.next().id()).startsWith("200-");
    }
  }

  /// Its buffer holds four; the fifth and sixth are missed, and it goes on with the seventh.
  @Test
  void aReaderThatIsTooSlowIsToldOfAGap() throws Exception {
    OpenTail slow = tail.open(WorkspaceId.DEFAULT).orElseThrow();
    for (int number = 1; number <= 6; number++) {
      tail.event(row(number));
    }
    for (int number = 1; number <= 4; number++) {
      assertThat(slow.next(Duration.ofSeconds(20))).isInstanceOf(OpenTail.Next.Item.class);
    }
    assertThat(slow.next(Duration.ofSeconds(20))).isEqualTo(new OpenTail.Next.Gap(2));
    tail.event(row(7));
    assertThat(slow.next(Duration.ofSeconds(20)))
        .isEqualTo(new OpenTail.Next.Item(new TailItem.Event(row(7))));
    slow.close();
    assertThat(tail.isOpen()).isFalse();
  }

  @Test
  void aReaderThatComesBackIsToldWhatItMissed() throws Exception {
    for (int number = 1; number <= 3; number++) {
      operator.engines.journal.put(number * 100L, row(number).id());
    }
    rows.owed(2, endpoint);
    rows.dead(2, "exhausted");
    try (Reader reader = read("", "100-" + row(1).id())) {
      assertThat(reader.next().id()).startsWith("200-");
      Message delivery = reader.next();
      assertThat(delivery.data().path("state").stringValue("")).isEqualTo("dead");
      assertThat(delivery.data().path("deadReason").stringValue("")).isEqualTo("exhausted");
      assertThat(reader.next().id()).startsWith("300-");
      tail.event(row(3));
      tail.event(row(4));
      assertThat(reader.next().id()).startsWith("400-");
    }
  }

  /// The detail of an event holds its first items only.
  @Test
  void whatWasMissedIsFoundByEachOfItsItems() throws Exception {
    operator.engines.journal.put(100L, row(1).id());
    operator.engines.journal.put(200L, rows.large(2, 450));
    operator.engines.journal.put(300L, rows.large(3, 300));
    for (String filter : List.of("wamid=wamid.449", "waId=4915449", "wamid=wamid.3&waId=4915401")) {
      try (Reader reader = read("?" + filter, "100-" + Rows.eventId(1))) {
        assertThat(reader.next().id()).as(filter).startsWith("200-");
        tail.event(row(4));
      }
      awaitNobody();
    }
  }

  @Test
  void aGapOfAResumedTailNamesTheMarkThatLeadsOn() throws Exception {
    for (int number = 1; number <= 9; number++) {
      operator.engines.journal.put(number * 100L, row(number).id());
    }
    List<String> told = new ArrayList<>();
    String mark = "100-" + Rows.eventId(1);
    while (!mark.isEmpty()) {
      try (Reader reader = read("", mark)) {
        Message next = reader.next();
        while (next.name().equals("event") && !next.id().startsWith("900-")) {
          told.add(next.id());
          next = reader.next();
        }
        mark = next.data().path("resumeFrom").stringValue("");
      }
      awaitNobody();
    }
    assertThat(told).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void whoComesBackTooLateOrFromNowhereIsToldOfAGap() throws Exception {
    for (int number = 1; number <= 9; number++) {
      operator.engines.journal.put(number * 100L, row(number).id());
    }
    try (Reader reader = read("", "100-" + row(1).id())) {
      Message last = reader.next();
      while (last.name().equals("event")) {
        last = reader.next();
      }
      assertThat(last.name()).isEqualTo("gap");
      assertThat(last.data().toString())
          .startsWith("{\"reason\":\"too_far_behind\",\"missed\":null,\"resumeFrom\":\"");
    }
    for (String mark : List.of("nonsense", "100-" + row(2).id(), "7-x", "x-" + row(2).id())) {
      awaitNobody();
      try (Reader reader = read("", mark)) {
        assertThat(reader.next().data().path("reason").stringValue("")).isEqualTo("unknown_mark");
      }
    }
  }

  @Test
  void noMoreTailsAreOpenThanThereMayBe() throws Exception {
    try (Reader first = read("", null);
        Reader second = read("", null)) {
      assertThat(first.line()).isNotEmpty();
      assertThat(second.line()).isNotEmpty();
      Exchange.Answered refused = operator.admin.get("/api/v1/tail");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
    }
  }

  @Test
  void whoMayNotReadIsToldNothing() {
    assertThat(operator.nobody.get("/api/v1/tail").status()).isEqualTo(401);
    String api = operator.token("api", Operator.DEFAULT);
    assertThat(operator.nobody.as(api).get("/api/v1/tail").status()).isEqualTo(403);
  }

  @Test
  void anEndEndsEveryTail() throws Exception {
    try (Reader reader = read("", null)) {
      assertThat(reader.line()).isNotEmpty();
      tail.close();
      assertThat(reader.rest()).isNotNull();
      assertThat(operator.admin.get("/api/v1/tail").status()).isEqualTo(503);
    }
  }

  /// A reader that has gone is noticed at the next heartbeat.
  private void awaitNobody() {
    long start = System.nanoTime();
    while (tail.isOpen()) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private EventRow row(int number) {
    return stored(rows.event(number));
  }

  private EventRow stored(EventId id) {
    return operator.store.events().find(id).orElseThrow().row();
  }

  private TailItem.Delivery delivery(int number, DeliveryState state) {
    Endpoint to =
        operator.store.resources().endpoints().stream()
            .filter(it -> it.id().equals(endpoint))
            .findFirst()
            .orElseThrow();
    Attempt attempt = new Attempt(operator.clock.instant(), 12, "delivered", 200, null, null);
    return new TailItem.Delivery(
        Rows.deliveryId(number), Rows.eventId(number), to, state, attempt, null, null);
  }

  private Reader read(String query, @Nullable String mark) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(operator.playground.base() + "/api/v1/tail" + query))
            .header("Authorization", "Bearer " + operator.token("viewer", Operator.DEFAULT));
    if (mark != null) {
      request.header("Last-Event-ID", mark);
    }
    return new Reader(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  private record Message(String id, String name, JsonNode data) {}

  /// Reads server-sent events.
  private static final class Reader implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Reader(HttpResponse<InputStream> response) {
      this.response = response;
      this.lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
      return response.statusCode();
    }

    String type() {
      return response.headers().firstValue("Content-Type").orElse("");
    }

    String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the tail has ended");
      }
      return line;
    }

    List<String> rest() {
      return lines.lines().toList();
    }

    /// The next message that is no comment.
    Message next() throws IOException {
      List<String> message = new ArrayList<>();
      while (message.stream().noneMatch(it -> it.startsWith("data: "))) {
        message.clear();
        for (String line = line(); !line.isEmpty(); line = line()) {
          message.add(line);
        }
      }
      return new Message(
          part(message, "id: "),
          part(message, "event: "),
          Json.read(Bytes.utf8(part(message, "data: "))));
    }

    private static String part(List<String> message, String name) {
      return message.stream()
          .filter(it -> it.startsWith(name))
          .map(it -> it.substring(name.length()))
          .findFirst()
          .orElse("");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
