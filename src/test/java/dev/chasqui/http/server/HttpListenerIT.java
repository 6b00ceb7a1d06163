package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.RawClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Requests as they should be.
class HttpListenerIT {

  private static final String HOST = " HTTP/1.1\r\nHost: a\r\n";

  private static final Recorder events = new Recorder();
  private static final List<Request> seen = new CopyOnWriteArrayList<>();
  private static EventLoops loops;
  private static HttpListener listener;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(2);
    Routes routes =
        new Routes()
            .onLoop("GET", "/noop", 0, (_, reply) -> reply.send(Response.text(200, "hello")))
            .onLoop("POST", "/echo", 100_000, (request, reply) -> reply.send(echo(request)))
            .blocking("POST", "/w/{workspace}/echo", 1000, HttpListenerIT::echo)
            .onLoop("POST", "/later", 1000, HttpListenerIT::answerElsewhere)
            .onLoop("GET", "/broken-loop", 0, (_, _) -> fail())
            .get("/broken", _ -> fail())
            .onLoop("GET", "/answers-and-throws", 0, HttpListenerIT::answerAndThrow)
            .get("/bad-header", _ -> Response.empty(200).with("a", "b\r\nc: d"))
            .get("/problem/{id}", HttpListenerIT::problem);
    listener =
        HttpListener.start(
            loops, ServerSettings.on("127.0.0.1", 0), routes, ErrorTable.standard(), events);
  }

  @AfterAll
  static void stop() {
    listener.close();
    loops.close();
  }

  @Test
  void answersOnTheLoopOnVirtualThreadsAndFromElsewhere() throws IOException {
    try (RawClient client = client()) {
      for (String path : List.of("/echo", "/w/default/echo", "/later")) {
        client.send("POST " + path + HOST + "Content-Length: 5\r\n\r\nhello");
        assertThat(client.read().body()).isEqualTo("hello");
      }
    }
  }

  @Test
  void handsOverTheRequestAsItWasSent() throws IOException {
    seen.clear();
    try (RawClient client = client()) {
      client.send(
          "POST /w/a%2Fb%20c+d/echo?x=1&y=%C3%A9&x=%202"
              + HOST
              + "X-B: 1\r\n"
              + "x-a: 2\r\n"
              + "CONTENT-type: t\r\n"
              + "X-b: 3\r\n"
              + "Content-Length: 2\r\n\r\n"
              + "\u0000\u00ff");
      client.read();
    }
    Request request = seen.getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/w/a%2Fb%20c+d/echo");
    assertThat(request.parameter("workspace")).isEqualTo("a/b c+d");
    assertThat(request.query().raw()).isEqualTo("x=1&y=%C3%A9&x=%202");
    assertThat(request.query().all("x")).containsExactly("1", " 2");
    assertThat(request.query().first("y")).isEqualTo("\u00e9");
    assertThat(request.query().first("z")).isNull();
    assertThat(request.headers().list())
        .containsExactly(
            new Header("Host", "a"),
            new Header("X-B", "1"),
            new Header("x-a", "2"),
            new Header("CONTENT-type", "t"),
            new Header("X-b", "3"),
            new Header("Content-Length", "2"));
    assertThat(request.headers().all("x-B")).containsExactly("1", "3");
    assertThat(request.body().toArray()).containsExactly(0, 0xff);
    assertThat(request.source().getHostAddress()).isEqualTo("127.0.0.1");
  }

  @Test
  void joinsABodyThatComesInPieces() throws IOException {
    String piece = "0123456789".repeat(1000);
    try (RawClient client = client()) {
      client.send("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        client.send("2710\r\n" + piece + "\r\n");
      }
      client.send("0\r\n\r\n");
      assertThat(client.read().body()).isEqualTo(piece.repeat(10));
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    try (RawClient client = client()) {
      String all = "";
      for (int i = 0; i < 20; i++) {
        String path = i % 2 == 0 ? "/w/x/echo" : "/echo";
        all += "POST " + path + HOST + "Content-Length: 2\r\n\r\n" + (10 + i);
      }
      client.send(all);
      for (int i = 0; i < 20; i++) {
        assertThat(client.read().body()).isEqualTo("" + (10 + i));
      }
    }
  }

  @Test
  void answersHeadLikeGetWithoutItsBody() throws IOException {
    try (RawClient client = client()) {
      client.send("HEAD /noop" + HOST + "\r\nGET /noop" + HOST + "\r\n");

      assertThat(client.readHead()).contains(" 200 ").containsIgnoringCase("content-length: 5");
      assertThat(client.read().body()).isEqualTo("hello");
    }
  }

  @Test
  void continuesWhenAsked() throws IOException {
    try (RawClient client = client()) {
      client.send("POST /echo" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 100 ");
      assertThat(client.send("ok").read().body()).isEqualTo("ok");
    }
  }

  @Test
  void answersUnknownPathsAndWrongMethods() throws IOException {
    try (RawClient client = client()) {
      Answer unknown = client.send("GET /nowhere" + HOST + "\r\n").read();
      Answer wrong = client.send("PUT /noop" + HOST + "Content-Length: 1\r\n\r\nx").read();
      Answer star = client.send("OPTIONS *" + HOST + "\r\n").read();

      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.head()).containsIgnoringCase("application/problem+json");
      assertThat(wrong.status()).isEqualTo(405);
      assertThat(wrong.head()).contains("Allow: GET, HEAD\r\n");
      assertThat(star.status()).isEqualTo(204);
    }
  }

  @Test
  void answersProblems() throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send("GET /problem/7" + HOST + "\r\n").read();

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.body())
          .isEqualTo(
              "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":422,\"detail\":\"a"
                  + " \\\"7\\\"\\u000a\",\"errors\":[{\"path\":\"/a\",\"reason\":\"b\"}]}");
    }
  }

  @Test
  void tellsNothingOfItsOwnFaults() throws IOException {
    try (RawClient client = client()) {
      for (String path : List.of("/broken", "/broken-loop")) {
        Answer answer = client.send("GET " + path + HOST + "\r\n").read();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("req_").doesNotContain("secret");
      }
    }
  }

  @Test
  void answersOnceIfAHandlerThrowsAfterwards() throws IOException {
    try (RawClient client = client()) {
      assertThat(client.send("GET /answers-and-throws" + HOST + "\r\n").read().status())
          .isEqualTo(204);
      assertThat(client.send("GET /noop" + HOST + "\r\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void closesRatherThanWriteABrokenHead() throws IOException {
    try (RawClient client = client().send("GET /bad-header" + HOST + "\r\n")) {
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void countsByRouteAndStatus() throws IOException {
    try (RawClient client = client()) {
      client.send("POST /w/counted/echo" + HOST + "Content-Length: 0\r\n\r\n").read();
    }
    assertThat(events.answered).contains("POST /w/{workspace}/echo 200");
  }

  @Test
  void refusesAPortThatIsTaken() {
    ServerSettings taken = ServerSettings.on("127.0.0.1", listener.port());
    try (EventLoops others = EventLoops.start(1)) {
      for (EventLoops each : List.of(loops, others)) {
        assertThatThrownBy(
                () ->
                    HttpListener.start(
                        each, taken, new Routes(), ErrorTable.standard(), ServerEvents.NONE))
            .isInstanceOf(ListenException.class)
            .hasMessage(
                "cannot listen on 127.0.0.1:" + listener.port() + ": the address is in use");
      }
    }
  }

  private static RawClient client() throws IOException {
    return new RawClient(listener.port());
  }

  private static Response echo(Request request) {
    seen.add(request);
    return Response.of(200, "application/octet-stream", request.body());
  }

  private static void answerElsewhere(Request request, Reply reply) {
    Thread.ofVirtual().start(() -> reply.send(echo(request)));
  }

  private static Response problem(Request request) {
    throw new ProblemException(
        422,
        "No",
        "a \"" + request.parameter("id") + "\"\n",
        List.of(new ProblemException.Item("/a", "b")));
  }

  private static void answerAndThrow(Request request, Reply reply) {
    reply.send(Response.empty(204));
    fail();
  }

  private static Response fail() {
    throw new IllegalStateException("secret");
  }
}
