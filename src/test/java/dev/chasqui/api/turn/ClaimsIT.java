package dev.chasqui.api.turn;

import static dev.chasqui.api.turn.Turn.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.ClaimId;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service claims a conversation, and a journey waits.
class ClaimsIT {

  private static final String PATH = "/v1/messages";
  private static final String HOLA = "{\"to\":\"+51 900 000 001\",\"text\":{\"body\":\"hola\"}}";
  private static final String OTHER = "{\"to\":\"51900000002\",\"text\":{\"body\":\"hola\"}}";
  private static final String CLAIM =
      ClaimId.of(WorkspaceId.DEFAULT, Turn.NUMBER, "51900000001").toString();

  private final Turn turn = new Turn();
  private final Exchange journey = turn.nobody.as(turn.token("journey", Turn.NUMBER));

  @AfterEach
  void close() {
    turn.close();
  }

  @Test
  void aClaimedConversationIsTheServices() {
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(200);
    extend();
    Answered refused = journey.post(PATH, HOLA);
    assertThat(refusal(refused))
        .isEqualTo("409 409 Conversation is claimed: a service is answering this contact");
    assertThat(refused.header("Retry-After")).isEqualTo("300");
    assertThat(journey.post(PATH, OTHER).status()).isEqualTo(200);
    assertThat(turn.client.post(PATH, HOLA).status()).isEqualTo(200);
    assertThat(turn.upstream.sent).hasSize(4);
  }

  @Test
  void eachExtensionBeginsTheLifetimeAnewAndTimeEndsIt() {
    extend();
    turn.clock.move(Duration.ofMinutes(4));
    extend();
    turn.clock.move(Duration.ofMinutes(4));
    assertThat(journey.post(PATH, HOLA).header("Retry-After")).isEqualTo("60");
    turn.clock.move(Duration.ofMinutes(1));
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(200);
  }

  @Test
  void archivingAConversationEndsItsClaim() {
    extend();
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(409);
    Answered archived =
        turn.client.post(
            "/v1/chats/51900000001/archive", "{\"before\":\"wamid.1\",\"reason\":\"done\"}");
    assertThat(archived.status()).isEqualTo(200);
    assertThat(archived.text()).isEqualTo("{}");
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(200);
  }

  @Test
  void aReleaseOnASendLetsTheJourneyGoOn() {
    extend();
    assertThat(turn.client.with("X-Turn-Claim-Release", CLAIM).post(PATH, HOLA).status())
        .isEqualTo(200);
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(200);
  }

  @Test
  void aConversationIsHandedBackToAutomation() {
    extend();
    Answered answered =
        turn.client
            .with("X-Turn-Claim-Release", CLAIM)
            .with("Accept", "application/vnd.v1+json")
            .post(PATH + "/wamid.0/automation", "");
    assertThat(answered.status() + " " + answered.text()).isEqualTo("200 {}");
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(200);
    assertThat(turn.client.post(PATH + "/wamid.0/automation", "not json").status()).isEqualTo(200);
  }

  @Test
  void aJourneyThatNamesTheClaimIsNotKeptOutByIt() {
    Exchange claiming = journey.with("X-Turn-Claim-Extend", CLAIM);
    assertThat(claiming.post(PATH, HOLA).status()).isEqualTo(200);
    assertThat(claiming.post(PATH, HOLA).status()).isEqualTo(200);
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-a-claim", "00000000-0000-0000-0000-000000000000"})
  void aStrangeClaimHindersNobody(String claim) {
    extend(claim);
    assertThat(turn.client.with("X-Turn-Claim-Release", claim).post(PATH, HOLA).status())
        .isEqualTo(200);
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(200);
  }

  @Test
  void aMessageThatIsNotSentExtendsNothing() {
    turn.client.with("X-Turn-Claim-Extend", CLAIM).post(PATH, "{\"to\":\"51900000001\"}");
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(200);
  }

  @Test
  void anotherNumbersTokenReleasesNothing() {
    extend();
    turn.nobody
        .as(turn.token("api", "42"))
        .with("X-Turn-Claim-Release", CLAIM)
        .post(PATH + "/wamid.0/automation", "");
    assertThat(journey.post(PATH, HOLA).status()).isEqualTo(409);
  }

  @Test
  void aClaimHoldsUnderEveryNameOfTheContact() {
    extend();
    turn.alsoKnownAs.put("51900000009", List.of("51900000009", "PE.1", "51900000001"));
    String other = HOLA.replace("+51 900 000 001", "51900000009");
    assertThat(journey.post(PATH, other).status()).isEqualTo(409);
    Exchange naming = journey.with("X-Turn-Claim-Extend", CLAIM);
    assertThat(naming.post(PATH, other).status()).isEqualTo(200);
  }

  @Test
  void aGroupIsAnotherConversationThanItsMember() {
    extend();
    String toGroup =
        "{\"recipient_type\":\"group\",\"to\":\"G1\",\"type\":\"text\",\"text\":{\"body\":\"hola\"}}";
    assertThat(journey.post(PATH, toGroup).status()).isEqualTo(200);
    extend(ClaimId.ofGroup(WorkspaceId.DEFAULT, Turn.NUMBER, "G1").toString());
    assertThat(journey.post(PATH, toGroup).status()).isEqualTo(409);
    assertThat(journey.post(PATH, toGroup.replace("G1", "G2")).status()).isEqualTo(200);
  }

  private void extend() {
    extend(CLAIM);
  }

  private void extend(String claim) {
    assertThat(turn.client.with("X-Turn-Claim-Extend", claim).post(PATH, HOLA).status())
        .isEqualTo(200);
  }
}
