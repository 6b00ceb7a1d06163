package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9110 and 9112, as a caller sees them.
class HttpRulesIT {

  private static final String NEXT = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";

  private static final String CHUNKED =
      "POST /in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static EventLoops loops;
  private static HttpListener listener;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(1);
    Routes routes =
        new Routes()
            .onLoop("GET", "/health", 0, (request, reply) -> reply.send(Response.text(200, "ok")))
            .onLoop("DELETE", "/in", 0, HttpRulesIT::echo)
            .onLoop("POST", "/in", 1000, HttpRulesIT::echo);
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

  private static void echo(Request request, Reply reply) {
    reply.send(Response.of(200, "text/plain", request.body()));
  }

  /// What follows such a head is never taken for the next request.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xchunked|400",
        "gzip|400",
        "identity|400",
        "\"chunked\"|400",
        "chunked;q=1|400",
        "chunked, chunked|400",
        "chunked, gzip|400",
        "chunked,|400",
        "gzip, chunked|501"
      })
  void aBodyOfAnotherTransferCodingIsRefused(String coding, int status) throws IOException {
    String head = "POST /in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding + "\r\n";
    for (String length : new String[] {"", "Content-Length: 5\r\n"}) {
      try (RawClient client = new RawClient(listener.port())) {
        client.send(head + length + "\r\n" + NEXT);
        assertThat(statusIn(client.rest()))
            .isEqualTo(length.isEmpty() ? String.valueOf(status) : statusOfBoth(status));
      }
    }
  }

  /// With a length beside it the parser itself refuses what it knows as chunked.
  private static String statusOfBoth(int status) {
    return status == 501 ? "400" : String.valueOf(status);
  }

  @Test
  void twoTransferCodingFieldsAreOneList() throws IOException {
    assertThat(
            only(
                "POST /in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + NEXT))
        .isEqualTo("501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: a\r\nHost: a",
        "Host: a\r\nHost: b",
        "Host: a b",
        "Host: u@a",
        "Host: a/b",
        "Host: a?b",
        "Host: a:80x",
        "Host: [::1",
        "Host: [zz]",
        "Host: a%zz",
        "X: 1",
        "Host: a\r\n: x",
        "Host: a\r\nBad Name: x"
      })
  void aHeadThatCanBeReadInTwoWaysIsRefused(String fields) throws IOException {
    assertThat(only("GET /health HTTP/1.1\r\n" + fields + "\r\n\r\n" + NEXT)).isEqualTo("400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.example:8080", "[::1]:80", "127.0.0.1", "a:", "", "xn--a-_~!", "a%41"})
  void hostsThatAreRightAreTaken(String host) throws IOException {
    assertThat(first("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).contains(" 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "/health,200",
    "/%68ealth,200",
    "/he%61lt%68?a=%zz,200",
    "http://a/health,200",
    "/health%2F,404",
    "/%2568ealth,404",
    "health,400",
    "/%zz,400",
    "/%4,400",
    "/h\u00e9alth,400",
    "*,400"
  })
  void targetsAreComparedDecoded(String target, int status) throws IOException {
    assertThat(first("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .contains(" " + status + " ");
  }

  @Test
  void theServerItselfTellsItsMethods() throws IOException {
    assertThat(first("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"))
        .contains(" 204 ")
        .contains("Allow: DELETE, GET");
    assertThat(only("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n" + NEXT)).isEqualTo("501");
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.0,200", "HTTP/1.1,200", "HTTP/1.2,200", "HTTP/1.9,200", "HTTP/2.0,505"})
  void laterVersionsOfHttp1AreServed(String version, int status) throws IOException {
    assertThat(first("GET /health " + version + "\r\nHost: a\r\n\r\n"))
        .contains(" " + status + " ");
  }

  @Test
  void http10HearsNothingOfContinue() throws IOException {
    String head = " HTTP/1.%d\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
    assertThat(first("POST /in" + head.formatted(0) + "x")).contains(" 200 ");
    assertThat(first("POST /in" + head.formatted(1) + "x")).contains(" 100 ");
    assertThat(only("GET /health HTTP/1.1\r\nHost: a\r\nExpect: coffee\r\n\r\n")).isEqualTo("417");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz",
        "-1",
        "+3",
        "0x3",
        "fffffffff",
        "80000000",
        "100000003",
        "",
        " 3",
        "\t3",
        "\u00003",
        "\u000b3",
        "3 ",
        "3\t",
        "3 a",
        "3\u0000",
        "3\u000b;a",
        "3,a",
        "3=a",
        "3;a\u0001",
        "3\r",
        "\u0663"
      })
  void aMalformedChunkSizeIsAnswered400(String size) throws IOException {
    String rest = "\r\nabc\r\n0\r\n\r\n" + NEXT;
    assertThat(only(CHUNKED + size + rest)).as("first").isEqualTo("400");
    assertThat(only(CHUNKED + "2\r\nab\r\n" + size + rest)).as("second").isEqualTo("400");
    boolean hasSize = size.contains("3");
    if (hasSize) {
      assertThat(only(CHUNKED + "3\r\nabc\r\n" + size.replace('3', '0') + "\r\n\r\n" + NEXT))
          .as("last")
          .isEqualTo("400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3\r\nabcdef\r\n", "3\nabc\r\n", "3\r\nabc\n0\r\n\r\n", "3\r\nabc 3\r\n"})
  void aMalformedChunkIsAnswered400(String chunks) throws IOException {
    assertThat(only(CHUNKED + chunks + NEXT)).isEqualTo("400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3",
        "03",
        "0000000000000003",
        "3;a",
        "3;a=b",
        "3;a=\"b c\"",
        "3 ; a = b",
        "3\t;a",
        "3;a;b=1"
      })
  void whatTheGrammarOfChunksHasIsTaken(String size) throws IOException {
    String last = size.replace('3', '0');
    String body = size + "\r\nabc\r\nA\r\n0123456789\r\n" + last + "\r\nX-Trailer: 1\r\n\r\n";
    assertThat(bodies(CHUNKED + body + NEXT, 0)).containsExactly("abc0123456789", "ok");
    assertThat(bodies(CHUNKED + body + NEXT, 1)).containsExactly("abc0123456789", "ok");
  }

  /// The bodies of two answers, to a text that is sent in pieces.
  private static List<String> bodies(String text, int pieceBytes) throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      int step = pieceBytes == 0 ? text.length() : pieceBytes;
      for (int i = 0; i < text.length(); i += step) {
        client.send(text.substring(i, Math.min(text.length(), i + step)));
      }
      return List.of(client.read().body(), client.read().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /health", "DELETE /in", "HEAD /health"})
  void theBodyOfAGetOrDeleteMeansNothing(String request) throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      client.send(request + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
      assertThat(client.readHead()).contains(" 200 ");
    }
    assertThat(only(request + " HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n"))
        .isEqualTo("413");
  }

  @Test
  void aCompressedBodyIsRefusedSoThatTheSenderNotices() throws IOException {
    String head = "POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Encoding: ";
    assertThat(first(head + "gzip\r\n\r\nx")).contains(" 415 ").contains("Accept-Encoding: ident");
    assertThat(first(head + "identity\r\n\r\nx")).contains(" 200 ");
  }

  @Test
  void eachAnswerHasADate() throws IOException {
    for (String request :
        new String[] {NEXT, "GET /no HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"}) {
      Matcher date = Pattern.compile("\r\nDate: ([^\r]+)\r\n").matcher(first(request));
      assertThat(date.find()).as(request).isTrue();
      ZonedDateTime told = ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME);
      assertThat(Duration.between(told, ZonedDateTime.now(told.getZone())).abs())
          .isLessThan(Duration.ofMinutes(1));
    }
  }

  /// The head of the first answer.
  private static String first(String text) throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      return client.send(text).readHead();
    }
  }

  /// The status of the only answer before the connection ends.
  private static String only(String text) throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      return statusIn(client.send(text).rest());
    }
  }

  private static String statusIn(String answers) {
    return Pattern.compile("HTTP/1\\.1 (\\d{3})")
        .matcher(answers)
        .results()
        .map(found -> found.group(1))
        .reduce((a, b) -> a + " " + b)
        .orElse("none");
  }
}
