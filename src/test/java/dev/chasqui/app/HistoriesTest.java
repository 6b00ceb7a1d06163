package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.delivery.Facts;
import dev.chasqui.delivery.Payload;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.Page;
import dev.chasqui.store.ProjectionStore.Source;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// How much is read for the messages of a contact.
class HistoriesTest {

  private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
  private static final String NUMBER = "106";

  private final Webhooks webhooks = new Webhooks();
  private final List<EventViews.Filter> asked = new ArrayList<>();
  private final Histories histories =
      new Histories(events(this::list), webhooks, new TurnDialect());

  @Test
  void theStoreIsAskedOnceHoweverManyIdsTheContactHas() throws InterruptedException {
    webhooks.add(1, 1, 10);
    assertThat(ids(newest(50))).containsExactly("wamid.1-0");
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().content().waId()).isEqualTo("US.1");
  }

  @Test
  void anEventIsReadOnceForAllItsMessages() throws InterruptedException {
    webhooks.add(1, 20, 10);
    assertThat(ids(newest(50))).hasSize(20);
    assertThat(webhooks.loaded).containsExactly(1L);
  }

  @Test
  void noMoreEventsAreReadThanThereMustBe() throws InterruptedException {
    IntStream.rangeClosed(1, 9).forEach(number -> webhooks.add(number, 2, 10));
    assertThat(ids(newest(4))).containsExactly("wamid.9-1", "wamid.9-0", "wamid.8-1", "wamid.8-0");
    assertThat(webhooks.loaded).containsExactly(9L, 8L);
  }

  @Test
  void theMessagesOfAnAnswerAreBoundInBytes() throws InterruptedException {
    IntStream.rangeClosed(1, 40).forEach(number -> webhooks.add(number, 1, 100_000));
    List<ObjectNode> told = newest(50);
    assertThat(ids(told)).startsWith("wamid.40-0", "wamid.39-0").hasSizeBetween(8, 11);
    assertThat(webhooks.loaded).hasSameSizeAs(told);
  }

  @Test
  void theEventsThatAreReadAreBoundInBytes() throws InterruptedException {
    webhooks.others = 4_000_000;
    IntStream.rangeClosed(1, 40).forEach(number -> webhooks.add(number, 1, 10));
    assertThat(ids(newest(50))).hasSize(9).startsWith("wamid.40-0");
  }

  @Test
  void aFaultOfTheStoreKeepsNobodyOut() {
    Histories broken =
        new Histories(
            events(
                _ -> {
                  throw new IllegalStateException("made up");
                }),
            webhooks,
            new TurnDialect());
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> broken.newest(WorkspaceId.DEFAULT, NUMBER, "US.1", 50))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private List<ObjectNode> newest(int limit) throws InterruptedException {
    return histories.newest(WorkspaceId.DEFAULT, NUMBER, "US.1", limit);
  }

  private static List<String> ids(List<ObjectNode> told) {
    return told.stream().map(it -> it.path("id").stringValue("")).toList();
  }

  private Page<EventViews.EventView> list(EventViews.Filter filter) {
    asked.add(filter);
    return new Page<>(
        webhooks.rows.values().stream()
            .map(row -> new EventViews.EventView(row, 0))
            .toList()
            .reversed(),
        null);
  }

  /// Lists events; everything else of the interface is not for these tests.
  private interface Listing {
    Page<EventViews.EventView> list(EventViews.Filter filter);
  }

  private static EventViews events(Listing listing) {
    return (EventViews)
        Proxy.newProxyInstance(
            EventViews.class.getClassLoader(),
            new Class<?>[] {EventViews.class},
            (_, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("list");
              return listing.list((EventViews.Filter) arguments[1]);
            });
  }

  /// What the journal holds: webhooks with messages of one contact.
  private static final class Webhooks implements Facts {

    final Map<Long, EventRow> rows = new LinkedHashMap<>();
    final List<Long> loaded = new ArrayList<>();
    private final Map<Long, Payload> payloads = new LinkedHashMap<>();

    /// Bytes of each webhook that are about something else.
    int others;

    void add(int number, int messages, int bytes) {
      EventId id = new EventId(Ulid.of(START.plusSeconds(number), 1, number));
      String texts =
          String.join(
              ",", IntStream.range(0, messages).mapToObj(i -> message(number, i, bytes)).toList());
      String body =
          """
          {"object":"whatsapp_business_account","entry":[{"id":"102","changes":[{"field":"messages",
          "value":{"metadata":{"phone_number_id":"%s"},"other":"%s","messages":[%s]}}]}]}
          """
              .formatted(NUMBER, "x".repeat(others), texts);
      payloads.put(
          (long) number,
          new Payload(WorkspaceId.DEFAULT, id, START, Bytes.utf8(body), "application/json", null));
      rows.put((long) number, row(number, id, messages));
    }

    private static String message(int number, int index, int bytes) {
      return """
      {"id":"wamid.%d-%d","from":"4915","timestamp":"%d","type":"text","text":{"body":"%s"}}\
      """
          .formatted(
              number, index, START.getEpochSecond() + number * 100L + index, "a".repeat(bytes));
    }

    private static EventRow row(int number, EventId id, int messages) {
      return new EventRow(
          id,
          number,
          new EventRow.Origin(WorkspaceId.DEFAULT, "whatsapp", null, true, Bytes.of(new byte[32])),
          EventRow.State.PROCESSED,
          new Summary(
              "whatsapp_business_account",
              1,
              1,
              Topic.MESSAGES,
              messages,
              0,
              new Summary.Contents(List.of("messages"), false)),
          new EventRow.Scope(Set.of(NUMBER), Set.of("102")),
          IntStream.range(0, messages)
              .mapToObj(
                  i ->
                      new EventRow.Item(
                          "0.0." + i,
                          "message",
                          "text",
                          "messages",
                          "wamid." + number + "-" + i,
                          "4915",
                          "new"))
              .toList());
    }

    @Override
    public @Nullable Payload load(Source source) {
      loaded.add(source.position());
      return payloads.get(source.position());
    }

    @Override
    public Map<Source, Payload> loadAll(Collection<Source> sources) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<Source, DeadPayload> encodedAll(Collection<Source> sources) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Bytes encoded(Source source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Payload decode(Bytes encoded) {
      throw new UnsupportedOperationException();
    }
  }
}
