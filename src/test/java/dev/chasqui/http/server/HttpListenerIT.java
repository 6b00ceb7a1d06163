package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpListenerIT {

  private static EventLoops loops;
  private static HttpListener listener;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(2);
    Routes routes =
        new Routes()
            .onLoop("GET", "/noop", 0, (_, reply) -> reply.send(Response.empty(200)))
            .onLoop("POST", "/echo", 1000, (request, reply) -> reply.send(echo(request)))
            .blocking("POST", "/w/{workspace}/echo", 1000, HttpListenerIT::echo)
            .onLoop("POST", "/later", 1000, (r, reply) -> answerElsewhere(r, reply))
            .get(
                "/broken",
                _ -> {
                  throw new IllegalStateException("secret");
                });
    listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  @AfterAll
  static void stop() {
    listener.close();
    loops.close();
  }

  private static Response echo(Request request) {
    return Response.of(200, "application/octet-stream", request.body());
  }

  private static void answerElsewhere(Request request, Reply reply) {
    Thread.ofVirtual().start(() -> reply.send(echo(request)));
  }

  @Test
  void answersOnTheLoopOnVirtualThreadsAndFromElsewhere() throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      assertThat(client.send("GET /noop HTTP/1.1\r\nHost: a\r\n\r\n").read().status())
          .isEqualTo(200);
      for (String path : new String[] {"/echo", "/w/default/echo", "/later"}) {
        client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(client.read().body()).isEqualTo("hello");
      }
    }
  }
}
