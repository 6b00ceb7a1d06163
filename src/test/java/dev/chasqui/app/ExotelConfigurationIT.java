package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A service that was written for Exotel configures its webhook at a gateway.
class ExotelConfigurationIT {

  private static final String PATH = "/v2/accounts/acme1/whatsapp/webhook";
  private static final Pattern BLOCK = Pattern.compile("```(sh|json)\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;
  private final ExotelApp app = new ExotelApp();
  private Gateway gateway;
  private Sources sources;
  private Exchange service;

  @BeforeEach
  void open() {
    gateway = LocalGateway.start(folder);
    sources = new Sources(gateway.publicUrl(), gateway.adminUrl()).known();
    service = as("the-key", "the-token");
  }

  @AfterEach
  void close() {
    sources.close();
    gateway.close();
    app.close();
  }

  @Test
  void whatTheDocumentShowsIsWhatHappens() throws Exception {
    boolean hasCurl =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(it -> Files.isExecutable(Path.of(it, "curl")));
    assumeTrue(hasCurl, "curl is not installed here");
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("docs/exotel-configuration.md")));
    String answer = "";
    int compared = 0;
    while (blocks.find()) {
      String text = here(blocks.group(2));
      if (blocks.group(1).equals("sh")) {
        answer = run(text);
      } else {
        compared++;
        assertThat(anonymous(answer)).isEqualTo(anonymous(text));
      }
    }
    assertThat(compared).isEqualTo(4);
  }

  @Test
  void messagesAndStatusesGoEachToTheirUrlSigned() throws Exception {
    assertThat(put(app.url("/incoming"), app.url("/status")).status()).isEqualTo(200);
    try (Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.webhook(other());
      caller.webhook(Caller.message("wamid.1", 5));
    }
    sources.exotel("{\"sid\":\"SM1\",\"to\":\"919800000001\",\"status\":\"delivered\"}");
    List<ExotelApp.Got> got = app.await("one each", it -> it.size() >= 2);
    assertThat(got)
        .extracting(ExotelApp.Got::path)
        .containsExactlyInAnyOrder("/incoming", "/status");
    assertThat(got)
        .allMatch(
            it ->
                Signatures.verify(
                    List.of(SigningKey.of(Sources.EXOTEL_SECRET)), it.body(), it.signature()));
    assertThat(got).anyMatch(it -> it.body().toUtf8().contains("\"event\":\"incoming_message\""));
    assertThat(got).allMatch(it -> it.body().toUtf8().contains("\"account_sid\":\"acme1\""));
  }

  @Test
  void aNewUrlKeepsTheEndpointAndAMissingOneTakesItAway() {
    put(app.url("/incoming"), app.url("/status"));
    List<String> before = endpoints();
    assertThat(before).hasSize(2);
    put(app.url("/other"), null);
    assertThat(endpoints()).hasSize(1);
    assertThat(before).containsAll(endpoints());
    assertThat(service.get(PATH).json().path("response").path("data").path("whatsapp").toString())
        .isEqualTo(
            "{\"webhook\":{\"incoming_message_url\":\"%s\",\"status_callback_url\":null}}"
                .formatted(app.url("/other")));
    assertThat(service.delete(PATH).status()).isEqualTo(200);
    assertThat(service.delete(PATH).status()).isEqualTo(200);
    assertThat(endpoints()).isEmpty();
    assertThat(service.get(PATH).status()).isEqualTo(404);
  }

  @Test
  void theReceiversFollowTheAccountsSecret() throws Exception {
    put(app.url("/incoming"), null);
    sources.put("/api/v1/exotel-accounts/acme1", "{\"signingSecret\":\"fresh\"}");
    try (Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.webhook(Caller.message("wamid.1", 5));
    }
    ExotelApp.Got got = app.await("one", it -> it.size() == 1).getFirst();
    assertThat(Signatures.verify(List.of(SigningKey.of("fresh")), got.body(), got.signature()))
        .isTrue();
  }

  @Test
  void onlyTheAccountsOwnKeyAndTokenAreLetIn() {
    sources.put("/api/v1/exotel-accounts/acme2", "{\"apiKey\":\"k2\",\"apiToken\":\"t2\"}");
    try (Exchange nobody = new Exchange(gateway.publicUrl())) {
      assertThat(error(nobody.get(PATH))).isEqualTo("401 10");
      assertThat(nobody.get(PATH).header("WWW-Authenticate")).startsWith("Basic ");
      assertThat(error(nobody.as(Caller.ADMIN_TOKEN).get(PATH))).isEqualTo("401 10");
      assertThat(error(nobody.with("Authorization", "Basic ***").get(PATH))).isEqualTo("401 10");
    }
    for (Exchange other : List.of(as("the-key", "x"), as("k2", "t2"), as("", ""))) {
      assertThat(error(other.get(PATH))).isEqualTo("401 10");
    }
    assertThat(error(service.get(PATH.replace("acme1", "acme3")))).isEqualTo("401 10");
    assertThat(error(service.get(PATH))).isEqualTo("404 104");
  }

  @Test
  void whoGuessesIsNotListenedToForAWhile() {
    Exchange guesser = as("the-key", "a-guess");
    String answer = "401 10";
    for (int i = 0; i < 1_000 && answer.equals("401 10"); i++) {
      answer = error(guesser.get(PATH));
    }
    assertThat(answer).isEqualTo("429 11");
  }

  @Test
  void whatIsWrongIsSaidAndNothingIsChanged() {
    assertThat(error(service.put(PATH, "x"))).isEqualTo("400 100");
    assertThat(error(service.put(PATH, "[]"))).isEqualTo("400 100");
    assertThat(error(service.put(PATH, "{}"))).isEqualTo("400 101");
    for (String missing : List.of("null", "\" \"", "\"\"")) {
      assertThat(error(service.put(PATH, incoming(missing)))).isEqualTo("400 101");
    }
    for (String bad :
        List.of("7", "\"not a url\"", "\"ftp://a.example\"", "\"http://10.1.2.3/\"", "{}")) {
      assertThat(error(service.put(PATH, incoming(bad)))).as(bad).isEqualTo("400 102");
    }
    String badStatus = "\"http://127.0.0.1:1/\",\"status_callback_url\":\"http://192.168.0.1/\"";
    assertThat(error(service.put(PATH, incoming(badStatus)))).isEqualTo("400 102");
    assertThat(endpoints()).isEmpty();
  }

  private static String incoming(String url) {
    return "{\"whatsapp\":{\"webhook\":{\"incoming_message_url\":" + url + "}}}";
  }

  @Test
  void halfACharacterInAUrlIsRefused() {
    String body =
        "{\"whatsapp\":{\"webhook\":{\"incoming_message_url\":\"%s\\ud800\"}}}"
            .formatted(app.url("/incoming"));
    assertThat(service.put(PATH, body).status()).isEqualTo(400);
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void anOverlongUrlIsRefused() {
    Answered answered = put(app.url("/incoming?" + "a".repeat(2_048)), null);
    assertThat(error(answered)).isEqualTo("400 102");
    assertThat(answered.text()).contains("incoming_message_url must have at most 2048 characters");
  }

  @Test
  void aUrlMayBeVerifiedInExotelsWayOrInMetas() {
    assertThat(put(app.url("/incoming"), app.url("/hub"), ExotelApp.TOKEN).status()).isEqualTo(200);
    assertThat(endpoints()).hasSize(2);
  }

  @Test
  void aUrlThatDoesNotPassIsRefused() {
    for (String path : List.of("/deaf", "/nowhere")) {
      assertThat(error(put(app.url(path), null, ExotelApp.TOKEN))).isEqualTo("400 103");
    }
    for (String path : List.of("/incoming", "/hub")) {
      Answered answered = put(app.url(path), null, "a-wrong-one");
      assertThat(error(answered)).isEqualTo("400 103");
      assertThat(answered.text()).contains("incoming_message_url").doesNotContain("a-wrong-one");
    }
    assertThat(error(put(app.url("/incoming"), app.url("/deaf"), ExotelApp.TOKEN)))
        .isEqualTo("400 103");
    assertThat(endpoints()).isEmpty();
  }

  private Answered put(String incoming, @Nullable String status) {
    return put(incoming, status, null);
  }

  private Answered put(String incoming, @Nullable String status, @Nullable String token) {
    ObjectNode webhook = Json.object();
    webhook.put("incoming_message_url", incoming);
    webhook.put("status_callback_url", status);
    webhook.put("verify_token", token);
    ObjectNode body = Json.object();
    body.putObject("whatsapp").set("webhook", webhook);
    return service.put(PATH, Json.text(body));
  }

  private Exchange as(String key, String token) {
    byte[] login = (key + ":" + token).getBytes(StandardCharsets.UTF_8);
    return sources
        .webhooks()
        .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
  }

  private List<String> endpoints() {
    return sources
        .admin()
        .get("/api/v1/endpoints")
        .json()
        .path("data")
        .valueStream()
        .map(it -> it.path("id").stringValue(""))
        .toList();
  }

  /// The status and Exotel's number of an error.
  private static String error(Answered answered) {
    JsonNode response = answered.json().path("response");
    assertThat(answered.json().path("http_code").intValue()).isEqualTo(answered.status());
    assertThat(response.path("status").stringValue("")).isEqualTo("failure");
    return answered.status() + " " + response.path("error_data").path("code").intValue();
  }

  /// A message to a number that is not the account's.
  private static Bytes other() {
    String message = Caller.message("wamid.other", 5).toUtf8();
    return Bytes.utf8(message.replace(Sources.NUMBER, "106540352242923"));
  }

  private String here(String text) {
    return text.replace("127.0.0.1:8080", gateway.publicUrl().substring("http://".length()))
        .replace("127.0.0.1:8081", gateway.adminUrl().substring("http://".length()))
        .replace("https://app.example.com", app.url(""));
  }

  private static String run(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
    builder.environment().put("TOKEN", Caller.ADMIN_TOKEN);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(script).isZero();
    return output;
  }

  private static JsonNode anonymous(String answer) {
    ObjectNode document = (ObjectNode) Json.read(Bytes.utf8(answer));
    assertThat(document.path("request_id").stringValue("")).matches("[0-9a-f]{32}");
    document.put("request_id", "");
    return document;
  }
}
