package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.RawClient.Answer;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Errors of requests that no handler sees have a document too, in the shape of their path where
/// that was read.
class EarlyErrorsIT {

  private static final String HOST = " HTTP/1.1\r\nHost: a\r\n";

  private static EventLoops loops;
  private static HttpListener listener;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(1);
    Routes routes =
        new Routes()
            .errors(new Shouted())
            .onLoop("POST", "/v1.0/in", 10, EarlyErrorsIT::answer)
            .onLoop("POST", "/in", 10, EarlyErrorsIT::answer);
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

  private static void answer(Request request, Reply reply) {
    reply.send(Response.text(200, "ok"));
  }

  /// What follows a path of each kind, and what is answered.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'|400",
        "' HTTP/1.1\r\n\r\n'|400",
        "' HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n'|400",
        "' HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n'|400",
        "' HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n'|400",
        "' HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n'|400",
        "' HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'|501",
        "' HTTP/2.0\r\nHost: a\r\n\r\n'|505",
        "' HTTP/1.1\r\nHost: a\r\nExpect: coffee\r\n\r\n'|417",
        "' HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n 1\r\n'|400",
        "' HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n'|413",
        "' HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Encoding: gzip\r\n\r\n'|415"
      })
  void anErrorHasTheShapeOfItsPath(String rest, int status) throws IOException {
    assertShouted(answerTo("POST /v1.0/in" + rest), status);
    assertShouted(answerTo("POST /%761.0/in" + rest), status);
    assertProblem(answerTo("POST /in" + rest), status);
  }

  @Test
  void aHeadThatIsTooLargeIsToldByItsPath() throws IOException {
    String headers = HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n";
    assertShouted(answerTo("GET /v1.0/x" + headers), 431);
    assertProblem(answerTo("GET /x" + headers), 431);
    assertThat(answerTo("GET /x" + headers).body()).contains("may have 16384 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET\r\n\r\n", "\u0016\u0003\u0001\r\n\r\n", "GET /v1.0/x\r\n\r\n"})
  void aLineThatCannotBeReadHasAProblem(String text) throws IOException {
    assertProblem(answerTo(text), 400);
  }

  @Test
  void aLineThatIsTooLongHasAProblem() throws IOException {
    Answer answer = answerTo("GET /v1.0/" + "x".repeat(20_000) + HOST + "\r\n");
    assertProblem(answer, 414);
    assertThat(answer.body()).contains("the request line may have ");
  }

  @Test
  void theAnswerToAHeadHasNoBody() throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      assertThat(client.send("HEAD /in HTTP/1.1\r\n\r\n").rest()).endsWith("\r\n\r\n");
    }
  }

  private static Answer answerTo(String text) throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      return client.send(text).read();
    }
  }

  private static void assertShouted(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.head()).contains("Content-Type: text/shout\r\n");
    assertThat(answer.body()).isEqualTo(status + "!");
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.head()).contains("Content-Type: application/problem+json\r\n");
    assertThat(answer.body()).contains("\"status\":" + status, "\"detail\":\"");
  }

  /// Errors of the paths of one version.
  private static final class Shouted implements ErrorShape {

    @Override
    public boolean covers(String path) {
      return path.startsWith("/v1.0/");
    }

    @Override
    public Response of(ProblemException problem) {
      List<Header> type = List.of(new Header("Content-Type", "text/shout"));
      return new Response(problem.status(), type, Bytes.utf8(problem.status() + "!"));
    }
  }
}
