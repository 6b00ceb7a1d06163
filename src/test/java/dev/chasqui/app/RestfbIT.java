package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.restfb.BinaryAttachment;
import com.restfb.Body;
import com.restfb.DefaultFacebookClient;
import com.restfb.FacebookEndpoints;
import com.restfb.Parameter;
import com.restfb.Version;
import com.restfb.batch.BatchRequest;
import com.restfb.batch.BatchResponse;
import com.restfb.exception.FacebookOAuthException;
import com.restfb.json.JsonObject;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.SampleReceiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RestFB, a client of the Graph API for Java, in its default mode: parameters are a form, with the
/// token among them.
class RestfbIT {

  private static final Business SHOP = TurnTown.SHOP;
  private static final String ROSA = "51900000001";
  private static final String APP = "415500000000001";
  private static final String APPS = SHOP.wabaId() + "/subscribed_apps";
  private static final String MESSAGES = SHOP.phoneNumberId() + "/messages";

  @TempDir private Path folder;
  private final ReceiverSite site = new ReceiverSite();
  private final URI hook =
      site.open(
          new SampleReceiver(
              "hook", new ReceiverSecret.Meta(new AppSecret(Caller.SECRET)), "verify-me"));
  private TurnTown town;
  private DefaultFacebookClient client;

  @BeforeEach
  void open() {
    town = new TurnTown(folder, Map.of());
    town.introduceShop();
    client = client(TurnTown.ACCESS_TOKEN);
  }

  private DefaultFacebookClient client(String token) {
    DefaultFacebookClient made = new DefaultFacebookClient(token, Version.LATEST);
    made.setFacebookEndpointUrls(
        new FacebookEndpoints() {
          @Override
          public String getGraphEndpoint() {
            return town.publicUrl();
          }
        });
    return made;
  }

  @AfterEach
  void close() {
    town.close();
    site.close();
  }

  private String overrideOfTheAccount() {
    JsonObject apps = client.fetchObject(APPS, JsonObject.class);
    return apps.get("data").asArray().get(0).asObject().getString("override_callback_uri", "");
  }

  private static boolean isDone(JsonObject answer) {
    return answer.getBoolean("success", false);
  }

  private static String messageId(JsonObject answer) {
    return answer.get("messages").asArray().get(0).asObject().getString("id", "");
  }

  @Test
  void theAccountsOverrideIsSetAndTakenAway() {
    assertThat(isDone(client.publish(APPS, JsonObject.class))).isTrue();
    JsonObject set =
        client.publish(
            APPS,
            JsonObject.class,
            Parameter.with("override_callback_uri", hook.toString()),
            Parameter.with("verify_token", "verify-me"));
    assertThat(isDone(set)).isTrue();
    assertThat(overrideOfTheAccount()).isEqualTo(hook.toString());
    assertThat(isDone(client.publish(APPS, JsonObject.class))).isTrue();
    assertThat(overrideOfTheAccount()).isEmpty();
    assertThat(client.deleteObject(APPS)).isTrue();
    assertThat(client.fetchObject(APPS, JsonObject.class).get("data").asArray()).isEmpty();
  }

  @Test
  void theNumbersOverrideIsAnObjectInTheForm() {
    JsonObject wanted =
        new JsonObject()
            .add("override_callback_uri", hook.toString())
            .add("verify_token", "verify-me");
    assertThat(isDone(client.publish(APPS, JsonObject.class))).isTrue();
    JsonObject set =
        client.publish(
            SHOP.phoneNumberId(),
            JsonObject.class,
            Parameter.with("webhook_configuration", wanted));
    assertThat(isDone(set)).isTrue();
    JsonObject number =
        client.fetchObject(
            SHOP.phoneNumberId(),
            JsonObject.class,
            Parameter.with("fields", "webhook_configuration"));
    assertThat(number.get("webhook_configuration").asObject().getString("phone_number", ""))
        .isEqualTo(hook.toString());
  }

  @Test
  void theApplicationsCallbackIsSetWithItsOwnToken() {
    String token = client("").obtainAppAccessToken(APP, Caller.SECRET).getAccessToken();
    DefaultFacebookClient app = client(token);
    JsonObject set =
        app.publish(
            APP + "/subscriptions",
            JsonObject.class,
            Parameter.with("object", "whatsapp_business_account"),
            Parameter.with("callback_url", hook.toString()),
            Parameter.with("verify_token", "verify-me"),
            Parameter.with("fields", "messages"));
    assertThat(isDone(set)).isTrue();
    assertThat(app.fetchObject(APP + "/subscriptions", JsonObject.class).toString())
        .contains(hook.toString(), "\"messages\"");
  }

  @Test
  void aMessageIsAForm() {
    JsonObject sent =
        client.publish(
            MESSAGES,
            JsonObject.class,
            Parameter.with("messaging_product", "whatsapp"),
            Parameter.with("to", ROSA),
            Parameter.with("type", "text"),
            Parameter.with("text", new JsonObject().add("body", "hola")));
    assertThat(messageId(sent)).startsWith("wamid.");
    assertThat(town.graph.messagesTo(ROSA)).hasSize(1);
  }

  @Test
  void aMessageIsADocument() {
    JsonObject message =
        new JsonObject()
            .add("messaging_product", "whatsapp")
            .add("to", ROSA)
            .add("type", "text")
            .add("text", new JsonObject().add("body", "hola"));
    JsonObject sent = client.publish(MESSAGES, JsonObject.class, Body.withData(message.toString()));
    assertThat(messageId(sent)).startsWith("wamid.");
  }

  @Test
  void aFileGoesUp() {
    byte[] content = "not really".getBytes(StandardCharsets.UTF_8);
    JsonObject uploaded =
        client.publish(
            SHOP.phoneNumberId() + "/media",
            JsonObject.class,
            BinaryAttachment.with("file", "a.png", content, "image/png"),
            Parameter.with("messaging_product", "whatsapp"),
            Parameter.with("type", "image/png"));
    String id = uploaded.getString("id", "");
    assertThat(client.fetchObject(id, JsonObject.class).getString("url", "")).isNotEmpty();
    assertThat(client.deleteObject(id)).isTrue();
  }

  @Test
  void aTokenIsDebugged() {
    assertThat(client.debugToken(TurnTown.ACCESS_TOKEN).isValid()).isTrue();
  }

  @Test
  void templatesAndNumbersAreConnections() {
    assertThat(
            client
                .fetchConnection(SHOP.wabaId() + "/message_templates", JsonObject.class)
                .getData()
                .getFirst()
                .getString("name", ""))
        .isEqualTo("hello_world");
    assertThat(
            client
                .fetchConnection(SHOP.wabaId() + "/phone_numbers", JsonObject.class)
                .getData()
                .getFirst()
                .getString("id", ""))
        .isEqualTo(SHOP.phoneNumberId());
  }

  @Test
  void aBatchIsAnsweredCallByCall() {
    BatchRequest message =
        new BatchRequest.BatchRequestBuilder(MESSAGES)
            .method("POST")
            .body(
                Parameter.with("messaging_product", "whatsapp"),
                Parameter.with("to", ROSA),
                Parameter.with("type", "text"),
                Parameter.with("text", new JsonObject().add("body", "hola")))
            .build();
    BatchRequest apps = new BatchRequest.BatchRequestBuilder(APPS).method("GET").build();
    List<BatchResponse> answers = client.executeBatch(message, apps);
    assertThat(answers).extracting(BatchResponse::getCode).containsExactly(200, 200);
    assertThat(answers.getFirst().getBody()).contains("wamid.");
    assertThat(answers.getLast().getBody()).contains("\"data\":");
  }

  @Test
  void errorsAreGraphs() {
    assertThatThrownBy(() -> client("nonsense").fetchObject(APPS, JsonObject.class))
        .isInstanceOfSatisfying(
            FacebookOAuthException.class, it -> assertThat(it.getErrorCode()).isEqualTo(190));
    assertThatThrownBy(
            () -> client.publish(SHOP.phoneNumberId() + "/block_users", JsonObject.class))
        .hasMessageContaining("graph.passThrough");
  }
}
