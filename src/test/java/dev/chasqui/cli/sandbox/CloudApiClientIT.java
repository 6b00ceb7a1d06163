package dev.chasqui.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.WebhookFactory;
import dev.chasqui.sim.graph.CloudApiClient;
import dev.chasqui.sim.graph.CloudApiClient.Answer;
import dev.chasqui.sim.graph.Reaction;
import dev.chasqui.sim.graph.Reaction.Manner;
import dev.chasqui.sim.graph.ReadMark;
import dev.chasqui.sim.graph.SentMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A client of the Cloud API that knows nothing of a gateway, pointed at one: what it sends arrives
/// at the platform, and what the platform answers comes back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudApiClientIT {

  private Sandbox sandbox;
  private CloudApiClient client;
  private String phone;

  @BeforeAll
  void start(@TempDir Path folder) throws InterruptedException {
    sandbox = Sandbox.start(folder, Clock.systemUTC(), new Random(6));
    phone = Objects.requireNonNull(sandbox.variables().get("PHONE"));
    client = new CloudApiClient(sandbox.publicUrl().toString(), phone, token());
  }

  @AfterAll
  void close() {
    client.close();
    sandbox.close();
  }

  @Test
  void messagesOfEveryKindArrive() throws IOException, InterruptedException {
    String to = "15550010001";
    List<Answer> answers =
        List.of(
            client.text(to, "Hello"),
            client.template(to, "reminder"),
            client.buttons(to, "Coming?"),
            client.image(to, "715500000000001"),
            client.reaction(to, "wamid.A"),
            client.location(to));
    List<SentMessage> arrived = sandbox.graph().messagesTo(to);
    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(answers)
        .extracting(Answer::messageId)
        .containsExactlyElementsOf(arrived.stream().map(SentMessage::wamid).toList());
    assertThat(arrived)
        .extracting(SentMessage::type)
        .containsExactly("text", "template", "interactive", "image", "reaction", "location");
    assertThat(arrived.get(1).body().path("template").path("components").size()).isEqualTo(1);
  }

  @Test
  void theAnswerIsThePlatforms() throws IOException, InterruptedException {
    Answer answer = client.text("+1 555-001-0002", "Hello");
    assertThat(answer.body().path("messaging_product").asString()).isEqualTo("whatsapp");
    assertThat(answer.body().path("contacts").path(0).path("wa_id").asString())
        .isEqualTo("15550010002");
  }

  @Test
  void aUserIdIsARecipient() throws IOException, InterruptedException {
    String userId = WebhookFactory.userId("15550010003");
    Answer answer =
        client.sendRaw(
            "{\"messaging_product\":\"whatsapp\",\"recipient\":\"%s\",\"text\":{\"body\":\"a\"}}"
                .formatted(userId));
    assertThat(answer.messageId()).startsWith("wamid.");
    assertThat(sandbox.graph().messagesTo(userId)).hasSize(1);
  }

  @Test
  void readMarksAndTypingArrive() throws IOException, InterruptedException {
    assertThat(client.read("wamid.R", false).body().path("success").asBoolean()).isTrue();
    assertThat(client.read("wamid.T", true).body().path("success").asBoolean()).isTrue();
    assertThat(sandbox.graph().readMarks())
        .contains(new ReadMark(phone, "wamid.R", false), new ReadMark(phone, "wamid.T", true));
  }

  @Test
  void thePlatformsErrorsComeBack() throws IOException, InterruptedException {
    String to = "15550010004";
    for (int code : new int[] {131026, 131047, 131051, 130429}) {
      sandbox.graph().conduct().next(to, Reaction.refuse(code));
      Answer answer = client.text(to, "Hello");
      assertThat(answer.errorCode()).isEqualTo(code);
      assertThat(answer.status()).isEqualTo(code == 130429 ? 429 : 400);
    }
  }

  @Test
  void aPlatformThatAnswersRubbishIsAnErrorInItsOwnShape()
      throws IOException, InterruptedException {
    String to = "15550010005";
    sandbox.graph().conduct().next(to, Reaction.breakOff(Manner.HTML));
    Answer answer = client.text(to, "Hello");
    assertThat(answer.status()).isGreaterThanOrEqualTo(500);
    assertThat(answer.body().path("error").path("message").asString()).isNotEmpty();
  }

  @Test
  void whatIsNotWellFormedIsRefusedWithItsName() throws IOException, InterruptedException {
    Answer answer =
        client.sendRaw("{\"messaging_product\":\"whatsapp\",\"text\":{\"body\":\"a\"}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.text(answer.body())).contains("to");
  }

  @Test
  void aTokenThatNobodyGaveIsRefused() throws IOException, InterruptedException {
    try (CloudApiClient other =
        new CloudApiClient(sandbox.publicUrl().toString(), phone, "not-a-token")) {
      Answer answer = other.text("15550010006", "Hello");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.errorCode()).isEqualTo(190);
    }
  }

  private String token() throws InterruptedException {
    try (ApiClient admin = sandbox.admin()) {
      Bytes body = Bytes.utf8("{\"kind\":\"api\",\"phoneNumberId\":\"" + phone + "\"}");
      return Json.read(admin.post("/api/v1/tokens", body)).path("token").asString();
    }
  }
}
