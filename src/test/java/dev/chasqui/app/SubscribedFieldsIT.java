package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A callback is sent the fields that Graph's clients subscribed it to, and no others.
class SubscribedFieldsIT {

  private static final String APPS = "/v24.0/" + SeedTown.SHOP.wabaId() + "/subscribed_apps";
  private static final String SUBSCRIPTIONS = "/v24.0/670843887433847/subscriptions";

  @TempDir private Path folder;
  private SeedTown town;
  private Exchange graph;
  private int sent;

  @BeforeEach
  void open() {
    town = new SeedTown(folder);
    town.knowNumber();
    graph = town.open.as(SeedTown.ACCESS_TOKEN);
    SeedTown.must(200, graph.post(APPS, ""));
  }

  @AfterEach
  void close() {
    town.close();
  }

  private void subscribe(String fields) {
    String callback = URLEncoder.encode(town.url("/app"), StandardCharsets.UTF_8);
    String query =
        "?object=whatsapp_business_account&verify_token=v&callback_url=%s&fields=%s"
            .formatted(callback, fields);
    SeedTown.must(200, graph.post(SUBSCRIPTIONS + query, ""));
  }

  private String message() {
    return SeedTown.message("wamid.FIELDS" + ++sent, "x");
  }

  private String quality() {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"%s","time":%d,"changes":[{"field":\
    "phone_number_quality_update","value":{"display_phone_number":"15550783881","event":"FLAGGED",\
    "current_limit":"TIER_10K"}}]}]}\
    """
        .formatted(SeedTown.SHOP.wabaId(), 1_717_000_000 + ++sent);
  }

  /// How many callbacks a webhook goes to.
  private int callbacks(String body) {
    Answered taken = town.webhook(body);
    String id = taken.json().path("webhookEventId").asString();
    Answered event = SeedTown.must(200, town.admin.get("/api/v1/events/" + id));
    assertThat(event.json().path("deliveries").isArray()).isTrue();
    return event.json().path("deliveries").size();
  }

  @Test
  void ofTheApplication() {
    subscribe("messages");
    assertThat(callbacks(message())).isEqualTo(1);
    assertThat(callbacks(quality())).isZero();
    subscribe("messages,phone_number_quality_update");
    assertThat(callbacks(quality())).isEqualTo(1);
    SeedTown.must(200, graph.delete(SUBSCRIPTIONS + "?fields=messages"));
    assertThat(callbacks(message())).isZero();
    assertThat(callbacks(quality())).isEqualTo(1);
  }

  @Test
  void ofAnAccount() {
    subscribe("");
    SeedTown.must(
        200, graph.post(APPS, "{\"subscribed_fields\":[\"phone_number_quality_update\"]}"));
    assertThat(callbacks(message())).isZero();
    assertThat(callbacks(quality())).isEqualTo(1);
    SeedTown.must(200, graph.post(APPS, ""));
    assertThat(callbacks(message())).isEqualTo(1);
  }

  @Test
  void ofAnOverride() {
    String override =
        """
        {"override_callback_uri":"%s","verify_token":"%s","subscribed_fields":["%s"]}\
        """;
    String url = town.url("/waba");
    SeedTown.must(
        200, graph.post(APPS, override.formatted(url, SeedTown.VERIFY_TOKEN, "message_echoes")));
    assertThat(callbacks(message())).isZero();
    SeedTown.must(
        200, graph.post(APPS, override.formatted(url, SeedTown.VERIFY_TOKEN, "messages")));
    assertThat(callbacks(message())).isEqualTo(1);
  }
}
