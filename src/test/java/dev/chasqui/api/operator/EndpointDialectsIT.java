package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What the choice of a dialect does to an endpoint's document.
class EndpointDialectsIT {

  private static final String ROOT = "/api/v1/endpoints";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  private Answered create(String dialect, String more) {
    return operator.admin.post(ROOT, operator.endpoint(more).replace("standard", dialect));
  }

  @ParameterizedTest
  @CsvSource({"turn", "exotel", "meta"})
  void aSecretIsMadeInTheDialectsForm(String dialect) {
    assertThat(text(create(dialect, "").json(), "secret")).matches("[0-9a-f]{64}");
    assertThat(text(create(dialect, ",\"secret\":\"abcd-efgh-ijkl\"").json(), "secret"))
        .isEqualTo("abcd-efgh-ijkl");
    assertThat(paths(create(dialect, ",\"secret\":\" \""))).containsExactly("secret");
  }

  @Test
  void turnTriesAsTurnDoes() {
    JsonNode policy = create("turn", "").json().path("policy");
    assertThat(policy.path("schedule"))
        .hasToString("[\"PT17S\",\"PT19S\",\"PT24S\",\"PT31S\",\"PT47S\"]");
    assertThat(policy.path("cancelOn")).hasToString("[\"4xx\"]");
    assertThat(policy.path("cancelOnUnresolvable").booleanValue()).isTrue();
    assertThat(policy.path("dropDeliveredAfterRead").booleanValue()).isTrue();
  }

  @Test
  void exotelTriesAsExotelDoes() {
    JsonNode policy = create("exotel", "").json().path("policy");
    assertThat(policy.path("schedule")).hasToString("[\"PT30S\",\"PT2M\",\"PT10M\",\"PT1H\"]");
    assertThat(text(policy, "success")).isEqualTo("200");
    assertThat(policy.path("dropDeliveredAfterRead").booleanValue()).isFalse();
  }

  @Test
  void theFlagsOfAPolicyAreAnEndpointsChoice() {
    JsonNode policy =
        create(
                "turn",
                ",\"policy\":{\"dropDeliveredAfterRead\":false,\"cancelOnUnresolvable\":false}")
            .json()
            .path("policy");
    assertThat(policy.path("cancelOnUnresolvable").booleanValue()).isFalse();
    assertThat(policy.path("dropDeliveredAfterRead").booleanValue()).isFalse();
  }

  @Test
  void anEndpointOfTurnSubscribesToWhatsappUnlessItSaysOtherwise() {
    assertThat(create("turn", "").json().path("subscriptions")).hasToString("[\"whatsapp\"]");
    assertThat(
            create("turn", ",\"subscriptions\":[\"turn\",\"journey_outbound\"]")
                .json()
                .path("subscriptions"))
        .hasToString("[\"journey_outbound\",\"turn\"]");
  }

  @Test
  void anEndpointOfTurnMustSubscribeToSomething() {
    Answered refused = create("turn", ",\"subscriptions\":[]");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(paths(refused)).containsExactly("subscriptions");
    assertThat(refused.text())
        .contains("must name at least one of whatsapp, turn, journey_outbound");
  }

  @Test
  void wordsThatTheDialectDoesNotKnowAreRefusedEachWithItsPath() {
    Answered refused = create("turn", ",\"subscriptions\":[\"whatsapp\",\"all\",\"engage\"]");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(paths(refused)).containsExactly("subscriptions[1]");
    assertThat(refused.text()).contains("must be one of whatsapp, turn, journey_outbound");
  }

  @Test
  void engageIsTakenForTurnWithAWarning() {
    Answered made = create("turn", ",\"subscriptions\":[\"whatsapp\",\"engage\"]");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Deprecation")).isEqualTo("@1767225600");
    assertThat(made.json().path("subscriptions")).hasToString("[\"turn\",\"whatsapp\"]");
    assertThat(create("turn", ",\"subscriptions\":[\"turn\"]").header("Deprecation")).isEmpty();
    Answered patched =
        operator.admin.send(
            "PATCH",
            "/api/v1/endpoints/" + text(made.json(), "id"),
            "{\"subscriptions\":[\"engage\"]}");
    assertThat(patched.header("Deprecation")).isEqualTo("@1767225600");
    assertThat(patched.json().path("subscriptions")).hasToString("[\"turn\"]");
  }

  @Test
  void anEndpointMayWantTheExactPayloadAndOneKindOfChats() {
    Answered made = create("turn", ",\"exactPayload\":true,\"filters\":{\"chats\":[\"direct\"]}");
    assertThat(made.json().path("exactPayload").booleanValue()).isTrue();
    assertThat(made.json().path("filters").path("chats")).hasToString("[\"direct\"]");
    Answered patched =
        operator.admin.send(
            "PATCH", "/api/v1/endpoints/" + text(made.json(), "id"), "{\"name\":\"n\"}");
    assertThat(patched.json().path("exactPayload").booleanValue()).isTrue();
    Answered refused = create("turn", ",\"filters\":{\"chats\":[\"crowd\"]}");
    assertThat(paths(refused)).containsExactly("filters.chats");
  }

  @ParameterizedTest
  @CsvSource({
    "meta, messages, no subscriptions",
    "standard, whatsapp, must be one of message.received",
    "exotel, whatsapp, 'must be one of incoming_message, message_status'"
  })
  void eachDialectHasItsOwnWords(String dialect, String word, String reason) {
    Answered refused = create(dialect, ",\"subscriptions\":[\"" + word + "\"]");
    assertThat(paths(refused)).containsExactly("subscriptions[0]");
    assertThat(refused.text()).contains(reason);
  }

  @Test
  void aPatchAndANewSecretKeepTheAccountByWhichAnEndpointWasSet() {
    String id = text(create("exotel", "").json(), "id");
    Endpoint made = operator.store.resources().endpoint(EndpointId.parse(id)).orElseThrow();
    Endpoint.Access access =
        new Endpoint.Access(made.access().secrets(), made.access().headers(), "AC1");
    operator
        .store
        .resources()
        .putEndpoint(
            new Endpoint(
                made.identity(),
                made.role(),
                made.url(),
                made.scope(),
                made.interest(),
                access,
                made.policy()));
    operator.admin.send("PATCH", ROOT + "/" + id, "{\"name\":\"other\"}");
    operator.admin.post(ROOT + "/" + id + "/rotate-secret", "{}");
    assertThat(operator.store.resources().endpoint(made.id()).orElseThrow())
        .satisfies(
            it -> {
              assertThat(it.identity().name()).isEqualTo("other");
              assertThat(it.access().secrets()).hasSize(2);
              assertThat(it.access().account()).isEqualTo("AC1");
            });
  }

  @Test
  void aPatchKeepsToTheWords() {
    String id = text(create("turn", "").json(), "id");
    Answered emptied = operator.admin.send("PATCH", ROOT + "/" + id, "{\"subscriptions\":[]}");
    assertThat(paths(emptied)).containsExactly("subscriptions");
    Answered changed =
        operator.admin.send("PATCH", ROOT + "/" + id, "{\"subscriptions\":[\"turn\"]}");
    assertThat(changed.json().path("subscriptions")).hasToString("[\"turn\"]");
    Answered back = operator.admin.send("PATCH", ROOT + "/" + id, "{\"subscriptions\":null}");
    assertThat(back.json().path("subscriptions")).hasToString("[\"whatsapp\"]");
  }
}
