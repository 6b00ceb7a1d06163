package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ServerEvents.Refusal;
import dev.chasqui.http.server.ServerSettings.Deadlines;
import dev.chasqui.http.server.ServerSettings.Limits;
import dev.chasqui.http.server.ServerSettings.Shares;
import dev.chasqui.model.Cidr;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Few addresses that send or connect much do not take the room of the others.
class CrowdsIT {

  private static final String CROWD = "127.0.0.2";
  private static final String WEBHOOKS = "127.0.0.1";
  private static final int BODY = 1 << 20;
  private static final Deadlines LONG =
      new Deadlines(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

  private static EventLoops loops;

  private final Recorder events = new Recorder();
  private final List<RawClient> crowd = new ArrayList<>();

  /// Each test starts it with limits of its own.
  @SuppressWarnings("NullAway.Init")
  private HttpListener listener;

  @BeforeAll
  static void startLoops() {
    loops = EventLoops.start(2);
  }

  @AfterAll
  static void stopLoops() {
    loops.close();
  }

  @AfterEach
  void stop() throws IOException {
    for (RawClient client : crowd) {
      client.close();
    }
    listener.close();
  }

  /// As it was: 17 connections that sent all but the last byte of 4 MiB each left no room.
  @Test
  void p1_bodiesThatNeverEndStopNoWebhook() throws IOException {
    start(
        new Limits(500, 1000, 1000, 1, 8 * BODY, new Shares(1000, 4 * BODY, 3 * BODY)), List.of());
    for (int i = 0; i < 17; i++) {
      post(CROWD, BODY, BODY - 1);
    }
    Conditions.until("the room for bodies is short", listener::isShortOfBodyRoom);
    for (int i = 0; i < 20; i++) {
      for (int bytes : new int[] {100, 60_000, BODY}) {
        try (RawClient webhook = post(WEBHOOKS, bytes, bytes)) {
          assertThat(webhook.read().status()).isEqualTo(200);
        }
      }
    }
    assertThat(listener.partialBodyBytes()).isLessThanOrEqualTo(3 * BODY);
    assertThat(listener.isShortOfBodyRoom()).isTrue();
  }

  @Test
  void tinyChunksAreGatheredToOneBody() throws IOException {
    start(Limits.DEFAULT, List.of());
    try (RawClient client = new RawClient(listener.port(), WEBHOOKS)) {
      client.send("POST /in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("1\r\nx\r\n".repeat(5000) + "3\r\nabc\r\n0\r\n\r\n");
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("5003 c");
    }
    assertThat(listener.bodyBytesInFlight()).isZero();
    assertThat(listener.partialBodyBytes()).isZero();
  }

  @Test
  void anAddressHasItsShareOfConnections() throws IOException {
    start(new Limits(500, 1000, 100, 1, BODY, new Shares(3, BODY, BODY)), List.of());
    for (int i = 0; i < 3; i++) {
      connect(CROWD);
    }
    assertThat(connect(CROWD).read().status()).isEqualTo(503);
    assertAnswered(WEBHOOKS);
    assertThat(events.refused).containsExactly(Refusal.TOO_MANY_CONNECTIONS_OF_ADDRESS);
  }

  @Test
  void aTrustedProxyIsNotBoundByTheShareOfOne() throws IOException {
    start(
        new Limits(500, 1000, 100, 1, BODY, new Shares(3, BODY, BODY)),
        List.of(Cidr.parse("127.0.0.2")));
    for (int i = 0; i < 5; i++) {
      connect(CROWD);
    }
    assertAnswered(CROWD);
    assertThat(events.refused).isEmpty();
  }

  /// Two connections for each loop at least, as a loop makes room among its own.
  @Test
  void whenAllConnectionsAreTakenTheCrowdMakesRoom() throws IOException {
    start(new Limits(500, 1000, 40, 1, BODY, new Shares(40, BODY, BODY)), List.of());
    for (int i = 0; i < 40; i++) {
      connect(CROWD);
    }
    Conditions.until("connections are short", listener::isShortOfConnections);
    assertAnswered(WEBHOOKS);
    assertThat(events.refused).containsOnly(Refusal.CONNECTION_DISPLACED);
  }

  private void assertAnswered(String address) throws IOException {
    try (RawClient client = post(address, 3, 3)) {
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  private RawClient connect(String address) throws IOException {
    RawClient client = new RawClient(listener.port(), address);
    crowd.add(client);
    int count = crowd.size();
    Conditions.until("all are connected", () -> listener.connections() >= count);
    return client;
  }

  private RawClient post(String address, int announced, int sent) throws IOException {
    RawClient client = new RawClient(listener.port(), address);
    crowd.add(client);
    String head = "POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: " + announced + "\r\n\r\n";
    return client.send(head + "x".repeat(sent));
  }

  private void start(Limits limits, List<Cidr> proxies) {
    Routes routes = new Routes().onLoop("POST", "/in", 2 * BODY, CrowdsIT::answer);
    listener =
        HttpListener.start(
            loops,
            new ServerSettings("127.0.0.1", 0, limits, LONG, proxies),
            routes,
            ErrorTable.standard(),
            events);
  }

  private static void answer(Request request, Reply reply) {
    int length = request.body().length();
    char last = (char) request.body().array()[request.body().offset() + length - 1];
    reply.send(Response.text(200, length + " " + last));
  }
}
