package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.messaging.UpstreamTown;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Sending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Messages out, from a client's request to what an operator sees of them.
class MessagesOutIT {

  private static final String TEXT = Client.text("hi").replace("51900000001", "+51 900-000-001");

  @TempDir private Path folder;
  private final UpstreamTown upstream = new UpstreamTown();
  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;
  private Caller caller;
  private String token;

  @BeforeEach
  void open() throws Exception {
    start(Map.of());
    token = Client.token(caller, "api");
  }

  private void start(Map<String, String> more) {
    gateway =
        LocalGateway.start(
            folder, more, new LocalGateway.Upstream(upstream.url().toString(), "EAAG-workspace"));
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
  }

  @AfterEach
  void close() {
    client.close();
    caller.close();
    gateway.close();
    upstream.close();
  }

  private void restart(Map<String, String> more) {
    caller.close();
    gateway.close();
    start(more);
  }

  private HttpResponse<String> send(String path, String bearer, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + path))
            .header("Authorization", "Bearer " + bearer)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> graph(String body, String... headers)
      throws IOException, InterruptedException {
    return send("/v23.0/" + Client.NUMBER + "/messages", token, body, headers);
  }

  private JsonNode operator(String path) throws IOException, InterruptedException {
    return Client.json(caller.get(path));
  }

  @Test
  void aCloudApiClientIsAnsweredAsUpstreamAnswered() throws Exception {
    HttpResponse<String> answer = graph(TEXT);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+51 900-000-001\","
                + "\"wa_id\":\"51900000001\"}],\"messages\":[{\"id\":\"wamid.1\"}]}");
    UpstreamTown.Got got = upstream.got().getFirst();
    assertThat(got.path()).isEqualTo("/v23.0/" + Client.NUMBER + "/messages");
    assertThat(got.authorization()).isEqualTo("Bearer EAAG-workspace");

    JsonNode message = operator("/api/v1/messages/wamid.1");
    assertThat(message.path("direction").asString()).isEqualTo("outbound");
    assertThat(message.path("state").asString()).isEqualTo("accepted");
    assertThat(message.path("type").asString()).isEqualTo("text");
    assertThat(operator("/api/v1/messages/" + Client.submission(answer))).isEqualTo(message);
    JsonNode event = operator("/api/v1/events/" + Client.submission(answer));
    assertThat(event.path("source").asString()).isEqualTo("messages");
    assertThat(caller.get("/api/v1/events/" + Client.submission(answer) + "/raw")).isEqualTo(TEXT);
    assertThat(caller.get("/metrics"))
        .contains("chasqui_messages_sent_total{outcome=\"accepted\",via=\"whatsapp\"} 1.0");
  }

  @Test
  void theSameKeyIsNotSentTwiceNotEvenAfterARestart() throws Exception {
    HttpResponse<String> first = graph(TEXT, "Idempotency-Key", "order-1");
    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> again = graph(TEXT, "Idempotency-Key", "order-1");
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
      assertThat(Client.submission(again)).isEqualTo(Client.submission(first));
      assertThat(graph(TEXT.replace("hi", "ho"), "Idempotency-Key", "order-1").statusCode())
          .isEqualTo(409);
      restart(Map.of());
    }
    assertThat(upstream.got()).hasSize(1);
  }

  @Test
  void anUnknownMessageIsVisibleAndAStatusSettlesIt() throws Exception {
    restart(Map.of("messages.deadline", "300ms"));
    upstream.conduct(upstream::hang);
    HttpResponse<String> answer = graph(TEXT, "Idempotency-Key", "order-1");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(Client.json(answer.body()).path("error").path("is_transient").asBoolean()).isFalse();
    String submission = Client.submission(answer);

    JsonNode open = operator("/api/v1/messages/" + submission);
    assertThat(open.path("state").asString()).isEqualTo("unknown");
    assertThat(open.path("wamid").isNull()).isTrue();
    JsonNode list = operator("/api/v1/submissions?state=unknown").path("data");
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("submissionId").asString()).isEqualTo(submission);

    String callback = upstream.got().getFirst().text("biz_opaque_callback_data");
    assertThat(caller.webhook(Client.status("wamid.late", callback)).statusCode()).isEqualTo(200);
    JsonNode settled = operator("/api/v1/messages/" + submission);
    assertThat(settled.path("wamid").asString()).isEqualTo("wamid.late");
    assertThat(settled.path("state").asString()).isEqualTo("sent");
    assertThat(operator("/api/v1/submissions").path("data")).isEmpty();
    HttpResponse<String> again = graph(TEXT, "Idempotency-Key", "order-1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"input\":\"+51 900-000-001\"").contains("wamid.late");
    assertThat(upstream.got()).hasSize(1);
  }

  @Test
  void aStopLeavesNothingUnderWayForgotten() throws Exception {
    restart(Map.of("stopLimit", "200ms"));
    upstream.conduct(upstream::hang);
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              try {
                graph(TEXT);
              } catch (IOException | InterruptedException e) {
                // Its connection may end before it is answered.
              }
            });
    upstream.await(1);
    restart(Map.of());
    waiting.get(60, TimeUnit.SECONDS);
    assertThat(operator("/api/v1/submissions").path("data")).hasSize(1);
  }

  @Test
  void aWordOfTheClientsOwnIsLeftAlone() throws Exception {
    String body = TEXT.replaceFirst("\\{", "{\"biz_opaque_callback_data\":\"mine\",");
    assertThat(graph(body).statusCode()).isEqualTo(200);
    assertThat(upstream.got().getFirst().text("biz_opaque_callback_data")).isEqualTo("mine");
    assertThat(Sending.submissionOf("mine")).isNull();
  }

  @Test
  void upstreamsErrorsArePassedOnByteForByte() throws Exception {
    upstream.conduct(
        _ -> UpstreamTown.refuse(400, 131030, "not in the list").with("Retry-After", "3"));
    HttpResponse<String> answer = graph(TEXT);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(UpstreamTown.refuse(400, 131030, "not in the list").body().toUtf8());
    assertThat(answer.headers().firstValue("Retry-After")).contains("3");
  }

  @Test
  void readMarksAndTypingArePassedThrough() throws Exception {
    upstream.conduct(
        _ -> dev.chasqui.http.server.Response.json(200, Bytes.utf8("{\"success\":true}")));
    String mark =
        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.in\","
            + "\"typing_indicator\":{\"type\":\"text\"}}";
    HttpResponse<String> answer = graph(mark);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"success\":true}");
    assertThat(upstream.got().getFirst().document()).isEqualTo(Client.json(mark));
  }

  @Test
  void theWorkspacesOwnTokenSendsAndOthersDoNot() throws Exception {
    String path = "/v23.0/" + Client.NUMBER + "/messages";
    assertThat(send(path, "EAAG-workspace", TEXT).statusCode()).isEqualTo(200);
    assertThat(send(path, Client.token(caller, "journey"), TEXT).statusCode()).isEqualTo(200);
    assertThat(send(path, "nobody", TEXT).statusCode()).isEqualTo(401);
    assertThat(send(path, Caller.ADMIN_TOKEN, TEXT).statusCode()).isEqualTo(403);
    assertThat(send("/v23.0/42/messages", token, TEXT).statusCode()).isEqualTo(403);
    assertThat(upstream.got()).hasSize(2);
  }
}
