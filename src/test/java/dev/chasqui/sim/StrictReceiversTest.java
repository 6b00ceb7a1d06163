package dev.chasqui.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Render;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.exotel.ExotelDialect;
import dev.chasqui.dialect.meta.Submissions;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the dialects send, before the eyes of receivers that were written without them.
class StrictReceiversTest {

  private final Render turn = new Render(new TurnDialect());
  private final Render exotel = new Render(new ExotelDialect());

  @TestFactory
  Stream<DynamicTest> takeEverythingThatThePlatformSays() {
    Clock clock = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
    WebhookFactory factory = new WebhookFactory(new Random(7), clock);
    return Samples.all().stream()
        .flatMap(
            sample ->
                Stream.of(true, false)
                    .map(
                        isPhoneHidden -> {
                          Item item = factory.item(sample, Business.SAMPLE, isPhoneHidden);
                          Bytes body = EnvelopeWriter.write(List.of(item), Layout.ARRAYS);
                          String name = sample.name() + (isPhoneHidden ? " by BSUID" : "");
                          return DynamicTest.dynamicTest(name, () -> check(body));
                        }));
  }

  /// Bodies that were collected elsewhere, in place. Those that hold placeholders for numbers, or
  /// are damaged on purpose, must only come to JSON.
  @TestFactory
  @EnabledIfEnvironmentVariable(named = "CHASQUI_CORPUS", matches = ".+")
  Stream<DynamicTest> takeEverythingThatWasCollected() throws IOException {
    Path corpus = Path.of(Objects.requireNonNull(System.getenv("CHASQUI_CORPUS")));
    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(corpus.resolve("manifest.json")));
    return manifest
        .valueStream()
        .map(
            entry -> {
              String name = entry.path("file").asString("");
              Bytes body = read(corpus.resolve(name));
              boolean isReal = entry.path("suite").asString("").equals("core");
              return DynamicTest.dynamicTest(
                  name, isReal ? () -> checkButForIds(body) : () -> checkJson(body));
            });
  }

  /// Who collected them has put words in place of numbers here and there, and left hashes out.
  private void checkButForIds(Bytes event) {
    for (Bytes body : turn.all(event)) {
      assertThat(TurnShape.objections(body))
          .as(body.toUtf8())
          .allMatch(it -> it.contains("of digits") || it.contains("sha256"));
    }
    for (Bytes body : exotel.all(event)) {
      assertThat(ExotelShape.objections(body))
          .as(body.toUtf8())
          .allMatch(it -> it.contains("is a user") || it.contains("sha256"));
    }
  }

  private void checkJson(Bytes event) {
    for (Bytes body : turn.all(event)) {
      assertThat(Json.read(body).isObject()).as(body.toUtf8()).isTrue();
    }
    for (Bytes body : exotel.all(event)) {
      assertThat(Json.read(body).isObject()).as(body.toUtf8()).isTrue();
    }
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(Bytes event) {
    for (Bytes body : turn.all(event)) {
      assertThat(TurnShape.objections(body)).as(body.toUtf8()).isEmpty();
    }
    for (Bytes body : exotel.all(event)) {
      assertThat(ExotelShape.objections(body)).as(body.toUtf8()).isEmpty();
    }
  }

  @Test
  void theTurnReceiverRefusesWhatItsClientsRefuse() {
    String good = turn.all(Bytes.utf8(Render.message("text", "\"text\":{}"))).getFirst().toUtf8();
    assertThat(turnObjections(good)).isEmpty();
    assertThat(turnObjections(good + "\n")).isNotEmpty();
    assertThat(turnObjections(good.replace("\"1767225600\"", "1767225600"))).isNotEmpty();
    assertThat(turnObjections(good.replace("\"text\":{}", "\"image\":{}"))).isNotEmpty();
    assertThat(turnObjections(good.replace("\"card_uuid\":null,", ""))).isNotEmpty();
    assertThat(turnObjections(good.replace("\"591720\"", "\"+591720\""))).isNotEmpty();
    assertThat(turnObjections("{\"statuses\":[]}")).isNotEmpty();
    assertThat(turnObjections("{\"errors\":[{\"code\":\"1\",\"title\":\"t\"}]}")).isNotEmpty();
    assertThat(turnObjections("[]")).isNotEmpty();
    assertThat(turnObjections("{")).isNotEmpty();
  }

  @Test
  void theTurnReceiverWantsBothRecipientsAndAKnownWord() {
    Bytes event = Bytes.utf8(Render.status("read", "\"recipient_id\":\"591720\""));
    String good = turn.all(event).getFirst().toUtf8();
    assertThat(turnObjections(good)).isEmpty();
    assertThat(turnObjections(good.replace("\"read\"", "\"played\""))).isNotEmpty();
    assertThat(turnObjections(good.replaceFirst("\"recipient_id\":\"591720\",", ""))).isNotEmpty();
    assertThat(turnObjections(good.replace("{\"recipient_id\":\"591720\"}", "{}"))).isNotEmpty();
  }

  @Test
  void theExotelReceiverRefusesWhatTheReferenceDoesNotShow() {
    Bytes event = Bytes.utf8(Render.message("text", "\"text\":{\"body\":\"a\"}"));
    String good = exotel.all(event).getFirst().toUtf8();
    assertThat(exotelObjections(good)).isEmpty();
    assertThat(exotelObjections(good.replace("incoming_message", "dlr"))).isNotEmpty();
    assertThat(exotelObjections(good.replace(".123Z", "Z"))).isNotEmpty();
    assertThat(exotelObjections(good.replace("\"+591720\"", "\"591720\""))).isNotEmpty();
    assertThat(exotelObjections(good.replace("\"body\":\"a\"", "\"body\":7"))).isNotEmpty();
    assertThat(exotelObjections(good.replace("\"profile\"", "\"p\""))).isNotEmpty();
  }

  @Test
  void theTurnReceiverLooksForHeadersLetterByLetter() {
    String body = "{\"errors\":[{\"code\":1,\"title\":\"t\"}]}";
    String signature = "X-Turn-Hook-Signature";
    assertThat(turnObjections(body, "X-Turn-Hook-Subscription", "whatsapp", signature)).isEmpty();
    assertThat(turnObjections(body, "x-turn-hook-subscription", "whatsapp", signature)).hasSize(1);
    assertThat(turnObjections(body, "X-Turn-Hook-Subscription", "engage", signature)).hasSize(1);
    assertThat(turnObjections(body, "X-Turn-Hook-Subscription", "whatsapp", "X-Other")).hasSize(1);
  }

  @Test
  void theTurnReceiverWantsTheIdOfAMessageThatWasSent() {
    for (Via via : Via.values()) {
      Rendered sent = turn.subscribed("turn").secrets("s").item(sent(via), FIRST, Render.RECEIVED);
      String body = sent.body().toUtf8();
      assertThat(turnObjections(sent.headers(), body)).isEmpty();
      for (String name : List.of("X-WhatsApp-Id", "X-Turn-Hook-Subscription")) {
        assertThat(turnObjections(without(sent.headers(), name), body)).as(name).isNotEmpty();
      }
      assertThat(turnObjections(sent.headers(), body.replace("wamid.X", "wamid.Y"))).isNotEmpty();
      assertThat(turnObjections(sent.headers(), body.replace("\"to\"", "\"two\""))).isNotEmpty();
      assertThat(turnObjections(sent.headers(), body.replace("outbound", "inbound"))).isNotEmpty();
      List<Rendered.Header> other =
          via == Via.FALLBACK
              ? without(sent.headers(), "X-Turn-Fallback-Channel")
              : with(sent.headers(), "X-Turn-Fallback-Channel");
      assertThat(turnObjections(other, body)).isNotEmpty();
    }
  }

  private static final ItemPath FIRST = new ItemPath(0, 0, 0);

  private static Bytes sent(Via via) {
    Participant to = new Participant("51900", null, null);
    return Submissions.envelope(
        new SourceChannel("1", "1", "2", "15550001111"),
        Render.RECEIVED,
        new Sending(
            new EventId(Ulid.first(Render.RECEIVED)),
            via,
            new Sending.Author("api", "tok_1"),
            new Sending.Content("text", to),
            null,
            new Sending.Outcome.Accepted("wamid.X", to, Bytes.utf8("{}"))),
        Bytes.utf8("{\"to\":\"51900\",\"text\":{\"body\":\"a\"}}"));
  }

  private static List<Rendered.Header> without(List<Rendered.Header> headers, String name) {
    return headers.stream().filter(it -> !it.name().equals(name)).toList();
  }

  private static List<Rendered.Header> with(List<Rendered.Header> headers, String name) {
    List<Rendered.Header> more = new ArrayList<>(headers);
    more.add(new Rendered.Header(name, "1"));
    return more;
  }

  private static List<String> turnObjections(List<Rendered.Header> headers, String body) {
    return objections(headers.stream().map(it -> new Header(it.name(), it.value())).toList(), body);
  }

  /// @param more names of further headers
  private static List<String> turnObjections(
      String body, String name, String subscription, String... more) {
    List<Header> headers = new ArrayList<>(List.of(new Header(name, subscription)));
    for (String further : more) {
      headers.add(new Header(further, "x"));
    }
    return objections(headers, body);
  }

  private static List<String> objections(List<Header> headers, String body) {
    Request request =
        new Request(
            "POST",
            "/",
            Map.of(),
            new Query(""),
            Headers.of(headers),
            Bytes.utf8(body),
            InetAddress.getLoopbackAddress());
    return new TurnShape().objections(request);
  }

  private static List<String> turnObjections(String body) {
    return TurnShape.objections(Bytes.utf8(body));
  }

  private static List<String> exotelObjections(String body) {
    return ExotelShape.objections(Bytes.utf8(body));
  }
}
