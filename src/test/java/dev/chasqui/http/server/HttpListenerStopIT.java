package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.RawClient.Answer;
import dev.chasqui.testkit.Conditions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpListenerStopIT {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void refusesNewConnectionsAndFinishesWhatHasBegun() throws Exception {
    BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    Routes routes = new Routes().onLoop("GET", "/", 0, (_, reply) -> replies.add(reply));
    try (EventLoops loops = EventLoops.start(2);
        HttpListener listener = start(loops, routes);
        RawClient idle = new RawClient(listener.port());
        RawClient busy = new RawClient(listener.port()).send(GET)) {
      Reply reply = replies.poll(20, TimeUnit.SECONDS);
      listener.stopAccepting();

      assertThat(idle.isEnded()).isTrue();
      Conditions.until("connections are refused", () -> isRefused(listener.port()));
      assertThat(listener.drain(Duration.ofMillis(1))).isFalse();
      reply.send(Response.text(200, "done"));
      Answer answer = busy.read();
      assertThat(answer.body()).isEqualTo("done");
      assertThat(answer.head()).containsIgnoringCase("connection: close");
      assertThat(busy.isEnded()).isTrue();
      assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void closesWhatIsStillOpen() throws Exception {
    Routes routes = new Routes().onLoop("GET", "/", 0, (_, _) -> {});
    try (EventLoops loops = EventLoops.start(1)) {
      HttpListener listener = start(loops, routes);
      try (RawClient client = new RawClient(listener.port()).send(GET)) {
        Conditions.until("the request is there", () -> listener.requests() == 1);
        listener.close();
        assertThat(client.isEnded()).isTrue();
      }
    }
  }

  @Test
  void answersNobodyTwice() throws Exception {
    BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    Routes routes = new Routes().onLoop("GET", "/", 0, (_, reply) -> replies.add(reply));
    try (EventLoops loops = EventLoops.start(1);
        HttpListener listener = start(loops, routes);
        RawClient client = new RawClient(listener.port()).send(GET)) {
      Reply reply = replies.poll(20, TimeUnit.SECONDS);
      reply.send(Response.empty(204));

      assertThatThrownBy(() -> reply.send(Response.empty(204)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(client.read().status()).isEqualTo(204);
    }
  }

  @Test
  void toleratesCallersWhoDidNotWait() throws Exception {
    BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    Routes routes = new Routes().onLoop("GET", "/", 0, (_, reply) -> replies.add(reply));
    try (EventLoops loops = EventLoops.start(1);
        HttpListener listener = start(loops, routes)) {
      try (RawClient _ = new RawClient(listener.port()).send(GET)) {
        Conditions.until("the replies wait", () -> !replies.isEmpty());
      }
      Conditions.until("no connection is left", () -> listener.connections() == 0);
      replies.remove().send(Response.empty(200));

      assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();
    }
  }

  private static HttpListener start(EventLoops loops, Routes routes) {
    return HttpListener.start(
        loops, ServerSettings.on("127.0.0.1", 0), routes, ErrorTable.standard(), ServerEvents.NONE);
  }

  private static boolean isRefused(int port) {
    try (RawClient _ = new RawClient(port)) {
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
