package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Wrong credentials are limited on every surface, and cost nobody else anything.
class LoginsIT {

  private static final String GUESSER = "127.0.0.9";

  @TempDir private Path folder;
  private Gateway gateway;

  @BeforeEach
  void start() {
    gateway = LocalGateway.start(folder);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static Stream<Arguments> surfaces() {
    return Stream.of(
        surface("operator", (g, t) -> bearer(g.adminUrl() + "/api/v1/endpoints", t)),
        surface("graph, header", (g, t) -> bearer(g.publicUrl() + "/v24.0/1/subscribed_apps", t)),
        surface("graph, query", (g, t) -> get(g.publicUrl() + "/v24.0/1?access_token=" + t)),
        surface(
            "graph, body",
            (g, t) -> post(g.publicUrl() + "/v24.0/1/subscribed_apps", "access_token=" + t)),
        surface("turn", (g, t) -> bearer(g.publicUrl() + "/v1/contacts/15550001111/profile", t)),
        surface(
            "handshake",
            (g, t) ->
                get(
                    g.publicUrl()
                        + "/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token="
                        + t)),
        surface(
            "exotel",
            (g, t) ->
                HttpRequest.newBuilder(
                        URI.create(g.publicUrl() + "/v2/accounts/a/whatsapp/webhook"))
                    .header("Authorization", "Basic " + t + "x==")));
  }

  private static Arguments surface(
      String name, BiFunction<Gateway, String, HttpRequest.Builder> request) {
    return Arguments.of(name, request);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("surfaces")
  void guessesAreAnswered429(String name, BiFunction<Gateway, String, HttpRequest.Builder> request)
      throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (HttpClient guesser = clientAt(GUESSER)) {
      for (int i = 0; i < 25; i++) {
        String guess = "guess" + (char) ('a' + i) + "QQQQQQ".substring(i % 2);
        answers.add(send(guesser, request.apply(gateway, guess)));
      }
    }
    assertThat(answers.subList(0, 20))
        .as(name)
        .extracting(HttpResponse::statusCode)
        .doesNotContain(429, 200);
    assertThat(answers.getLast().statusCode()).isEqualTo(429);
    assertThat(answers.getLast().headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
  }

  @Test
  void aRightTokenFromElsewhereOrKnownAtTheAddressIsNotHeldUp() throws Exception {
    String url = gateway.adminUrl() + "/api/v1/endpoints";
    try (HttpClient guesser = clientAt(GUESSER);
        HttpClient other = clientAt("127.0.0.1")) {
      assertThat(send(guesser, bearer(url, Caller.ADMIN_TOKEN)).statusCode()).isEqualTo(200);
      for (int i = 0; i < 25; i++) {
        send(guesser, bearer(url, "guess" + i));
      }
      assertThat(send(guesser, bearer(url, "guess")).statusCode()).isEqualTo(429);
      assertThat(send(guesser, bearer(url, Caller.ADMIN_TOKEN)).statusCode()).isEqualTo(200);
      assertThat(send(other, bearer(url, Caller.ADMIN_TOKEN)).statusCode()).isEqualTo(200);
      assertThat(send(guesser, get(gateway.publicUrl() + "/health")).statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder bearer(String url, String token) {
    return get(url).header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.Builder get(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  private static HttpRequest.Builder post(String url, String form) {
    return get(url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpClient clientAt(String address) {
    return HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build();
  }
}
