package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.EnvelopeWriter;
import dev.chasqui.sim.ExotelShape;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.Layout;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.Sample;
import dev.chasqui.sim.SampleReceiver;
import dev.chasqui.sim.Samples;
import dev.chasqui.sim.TurnShape;
import dev.chasqui.sim.WebhookFactory;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything the simulated platform says of messages, through a whole gateway, to receivers that
/// are as strict as the known ones.
class DialectsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SECRET = "chasqui-receiver-secret";
  private static final List<String> TURN_STATUSES =
      List.of("sent", "delivered", "read", "played", "failed", "deleted");
  private static final List<String> EXOTEL_STATUSES =
      List.of("sent", "delivered", "read", "played", "failed");

  @TempDir private Path folder;
  private final ReceiverSite site = new ReceiverSite();
  private final SampleReceiver turn =
      new SampleReceiver("turn", new ReceiverSecret.Turn(SECRET), "", new TurnShape());
  private final SampleReceiver incoming =
      new SampleReceiver("incoming", new ReceiverSecret.Exotel(SECRET), "", new ExotelShape());
  private final SampleReceiver status =
      new SampleReceiver("status", new ReceiverSecret.Exotel(SECRET), "", new ExotelShape());
  private final WebhookFactory factory = new WebhookFactory(new Random(11), Clock.systemUTC());
  private Gateway gateway;
  private Caller caller;

  @BeforeEach
  void open() throws Exception {
    gateway = LocalGateway.start(folder);
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
    subscribe(turn, "turn", "whatsapp");
    subscribe(incoming, "exotel", "incoming_message");
    subscribe(status, "exotel", "message_status");
  }

  @AfterEach
  void close() {
    caller.close();
    gateway.close();
    site.close();
  }

  @Test
  void strictReceiversTakeEverythingInEveryLayout() throws Exception {
    int messages = 0;
    int turnStatuses = 0;
    int exotelStatuses = 0;
    for (Layout layout : Layout.values()) {
      List<Item> items = items();
      send(items, layout);
      messages += (int) items.stream().filter(Item.Message.class::isInstance).count();
      turnStatuses += countOf(items, TURN_STATUSES);
      exotelStatuses += countOf(items, EXOTEL_STATUSES);
    }
    await(turn, messages + turnStatuses);
    await(incoming, messages);
    await(status, exotelStatuses);
  }

  @Test
  void anEventOfAThousandItemsIsAThousandDeliveries() throws Exception {
    Sample text = Samples.find("text").orElseThrow();
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      items.add(factory.item(text, Business.SAMPLE, false));
    }
    send(items, Layout.ARRAYS);
    await(turn, items.size());
    await(incoming, items.size());
  }

  @Test
  void deliveredBesideReadIsSeenAsFilteredByTurnAlone() throws Exception {
    Item.Status delivered = statusOf("delivered", "wamid.SAME");
    Item.Status read = statusOf("read", "wamid.SAME");
    send(List.of(delivered, read), Layout.ARRAYS);
    await(turn, 1);
    await(status, 2);
    assertThat(caller.get("/api/v1/deliveries?state=filtered"))
        .containsOnlyOnce("\"filteredBy\":\"delivered_after_read\"")
        .contains("\"items\":\"0.0.0\"");
  }

  @Test
  void aReceiverOfSentMessagesGetsNothingFromWebhooksAndTheExplanationSaysWhy() throws Exception {
    SampleReceiver sent =
        new SampleReceiver("sent", new ReceiverSecret.Turn(SECRET), "", new TurnShape());
    subscribe(sent, "turn", "turn");
    String event = send(List.of(statusOf("read", "wamid.ONE")), Layout.ARRAYS);
    await(turn, 1);
    assertThat(sent.taken()).isZero();
    assertThat(caller.get("/api/v1/routes/explain?eventId=" + event))
        .contains("it needs the subscription whatsapp; the endpoint has [turn]");
  }

  /// What a wrong secret comes to: Turn takes every 4xx for an end, Exotel tries again.
  @Test
  void aRefusalEndsTurnsDeliveriesAndPutsExotelsOff() throws Exception {
    String stranger = "another-secret";
    subscribe(
        new SampleReceiver("stranger", new ReceiverSecret.Turn(stranger), ""), "turn", "whatsapp");
    SampleReceiver late = new SampleReceiver("late", new ReceiverSecret.Exotel(stranger), "");
    subscribe(late, "exotel", "message_status");
    String event = send(List.of(statusOf("read", "wamid.TWO")), Layout.ARRAYS);
    await(turn, 1);
    awaitText("/api/v1/dead-letters", "\"eventId\":\"" + event + "\"", "\"status 401\"");
    awaitText("/api/v1/deliveries?eventId=" + event, "\"state\":\"retrying\"");
    assertThat(late.badlySigned()).isPositive();
  }

  private void awaitText(String path, String... texts) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    String answer = caller.get(path);
    while (!Stream.of(texts).allMatch(answer::contains) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(20_000_000);
      answer = caller.get(path);
    }
    assertThat(answer).contains(texts);
  }

  /// One of each, of a user with a number and of one without.
  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (Sample sample : Samples.all()) {
      if (!(sample instanceof Sample.OfField)) {
        items.add(factory.item(sample, Business.SAMPLE, false));
        items.add(factory.item(sample, Business.SAMPLE, true));
      }
    }
    return items;
  }

  private Item.Status statusOf(String name, String wamid) {
    Sample.OfStatus sample = (Sample.OfStatus) Samples.find(name).orElseThrow();
    return factory.statusOf(sample, Business.SAMPLE, wamid);
  }

  private static int countOf(List<Item> items, List<String> words) {
    Stream<Item.Status> statuses =
        items.stream().filter(Item.Status.class::isInstance).map(Item.Status.class::cast);
    return (int)
        statuses
            .filter(it -> words.contains(it.word()) && !it.sample().startsWith("payment/"))
            .count();
  }

  private String send(List<Item> items, Layout layout) throws IOException, InterruptedException {
    Bytes body = EnvelopeWriter.write(items, layout);
    HttpResponse<String> answer = caller.webhook(body);
    assertThat(answer.body()).contains("\"accepted\":true");
    return Caller.eventId(answer.body());
  }

  private void subscribe(SampleReceiver receiver, String dialect, String subscription)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        caller.admin(
            "POST",
            "/api/v1/endpoints",
            """
            {"name":"%s","dialect":"%s","url":"%s","secret":"%s","subscriptions":["%s"]}\
            """
                .formatted(receiver.name(), dialect, site.open(receiver), SECRET, subscription));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /// Waits until a receiver has taken so many, and nothing else came to it.
  private static void await(SampleReceiver receiver, int count) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (receiver.taken() < count
        && receiver.objections().isEmpty()
        && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(2_000_000);
    }
    assertThat(receiver.objections()).isEmpty();
    assertThat(receiver.badlySigned()).isZero();
    assertThat(receiver.taken()).as(receiver.name()).isEqualTo(count);
  }
}
