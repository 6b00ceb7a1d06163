package dev.chasqui.api.turn;

import static dev.chasqui.api.turn.Turn.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.TurnReceiver;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The primary webhook of a number.
class ApplicationSettingsIT {

  private static final String PATH = "/v1/settings/application";

  private final Turn turn = new Turn();

  @AfterEach
  void close() {
    turn.close();
  }

  @Test
  void aWebhookIsSetReadAndTakenAway() {
    String url = turn.playground.good("primary");
    assertThat(webhooks()).isEqualTo("{\"url\":null}");
    assertThat(patch("\"" + url + "\"")).isEqualTo("200 {}");
    assertThat(webhooks()).isEqualTo("{\"url\":\"" + url + "\"}");
    assertThat(turn.client.delete(PATH).text()).isEqualTo("{}");
    assertThat(webhooks()).isEqualTo("{\"url\":null}");
    assertThat(turn.client.delete(PATH).status()).isEqualTo(200);
    assertThat(turn.changes).hasValue(3);
  }

  @Test
  void itIsAnOrdinarySignedEndpointOfTheNumber() {
    patch("\"" + turn.playground.good("primary") + "\"");
    Endpoint endpoint = turn.resources.endpoints().getFirst();
    assertThat(endpoint.dialect()).isEqualTo(DialectName.TURN);
    assertThat(endpoint.scope()).isEqualTo(new Endpoint.Scope(null, Turn.NUMBER));
    assertThat(endpoint.interest().subscriptions()).isEqualTo(Set.of("whatsapp"));
    assertThat(endpoint.access().secrets()).isEqualTo(List.of("a-fresh-secret"));
    assertThat(endpoint.id()).isEqualTo(TurnReceiver.id(WorkspaceId.DEFAULT, Turn.NUMBER));
  }

  @Test
  void aNewUrlKeepsTheEndpointAndItsSwitch() {
    patch("\"" + turn.playground.good("a") + "\"");
    Endpoint first = turn.resources.endpoints().getFirst();
    turn.resources.putEndpoint(first.switched(Endpoint.Switch.PAUSED));
    patch("\"" + turn.playground.good("b") + "\"");
    Endpoint second = turn.resources.endpoints().getFirst();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.url()).isEqualTo(URI.create(turn.playground.good("b")));
    assertThat(second.identity().switched()).isEqualTo(Endpoint.Switch.PAUSED);
    assertThat(turn.deadLettered).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"null", "''", "' '"})
  void anEmptyUrlTakesItAwayAndBuriesWhatItIsOwed(String nothing) {
    patch("\"" + turn.playground.good("a") + "\"");
    assertThat(patch(nothing.equals("null") ? "null" : "\"" + nothing + "\"")).isEqualTo("200 {}");
    assertThat(turn.resources.endpoints()).isEmpty();
    assertThat(turn.deadLettered)
        .containsExactly(TurnReceiver.id(WorkspaceId.DEFAULT, Turn.NUMBER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "7|webhooks.url must be text",
        "\"not a url\"|webhooks.url must be an absolute http or https URL",
        "\"ftp://files.example.com/\"|webhooks.url ",
        "\"http://10.1.2.3/\"|webhooks.url "
      })
  void aUrlThatIsNoReceiversIsRefused(String url, String said) {
    assertThat(refusal(turn.client.send("PATCH", PATH, "{\"webhooks\":{\"url\":" + url + "}}")))
        .startsWith("400 1009 Parameter value is not valid: " + said);
    assertThat(turn.resources.endpoints()).isEmpty();
  }

  @Test
  void aBodyThatSaysNothingOfTheWebhookIsRefused() {
    assertThat(refusal(turn.client.send("PATCH", PATH, "{\"pass_through\":false}")))
        .isEqualTo("400 1008 Required parameter is missing: webhooks.url is required");
    assertThat(refusal(turn.client.send("PATCH", PATH, "[]"))).startsWith("400 -1 Bad Request: ");
    assertThat(refusal(turn.client.send("PATCH", PATH, "{"))).startsWith("400 -1 Bad Request: ");
  }

  @Test
  void aJourneysTokenSetsNothing() {
    String path = turn.nobody.as(turn.token("journey", Turn.NUMBER)).delete(PATH).text();
    assertThat(path).contains("this needs a token of kind api");
  }

  private String webhooks() {
    return turn.client
        .get(PATH)
        .json()
        .path("settings")
        .path("application")
        .path("webhooks")
        .toString();
  }

  private String patch(String url) {
    var answered = turn.client.send("PATCH", PATH, "{\"webhooks\":{\"url\":" + url + "}}");
    return answered.status() + " " + answered.text();
  }
}
