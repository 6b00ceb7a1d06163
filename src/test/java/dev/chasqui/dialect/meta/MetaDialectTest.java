package dev.chasqui.dialect.meta;

import static dev.chasqui.dialect.meta.Samples.change;
import static dev.chasqui.dialect.meta.Samples.envelope;
import static dev.chasqui.dialect.meta.Samples.messages;
import static dev.chasqui.dialect.meta.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Outgoing.Secrets;
import dev.chasqui.dialect.Outgoing.Source;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetaDialectTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes BODY =
      Bytes.utf8(
          envelope(
              messages("\"messages\":[" + text("wamid.A") + "," + text("wamid.B") + "]"),
              change("flows", "{}")));
  private static final Secrets APP = new Secrets(List.of(), List.of("app-new", "app-old"));

  private final MetaDialect dialect = new MetaDialect();

  private Rendered render(Source source, Secrets secrets) {
    Outgoing.Identity identity =
        new Outgoing.Identity(
            WorkspaceId.DEFAULT,
            new DeliveryId(Ulid.first(NOW)),
            new EventId(Ulid.first(NOW)),
            NOW);
    return dialect.render(new Outgoing(identity, source, secrets, NOW));
  }

  private static Source whole(@Nullable String signature) {
    return new Source(BODY, List.of(), "application/json; charset=utf-8", signature);
  }

  private static Source part() {
    return new Source(BODY, List.of(new ItemPath(0, 0, 1)), null, "sha256=original");
  }

  private static Header signed(String secret, Bytes body) {
    return new Header("X-Hub-Signature-256", Signatures.sign(SigningKey.of(secret), body));
  }

  @Test
  void aWholeEnvelopeKeepsItsBytesAndItsSignature() {
    Rendered rendered = render(whole("sha256=original"), APP);
    assertThat(rendered.body()).isSameAs(BODY);
    assertThat(rendered.headers())
        .containsExactly(
            new Header("Content-Type", "application/json; charset=utf-8"),
            new Header("X-Hub-Signature-256", "sha256=original"));
  }

  @Test
  void allItemsAreAWholeEnvelope() {
    List<ItemPath> all =
        Notifications.of(Samples.read(BODY)).stream().map(Notification::path).toList();
    Rendered rendered = render(new Source(BODY, all, null, "sha256=original"), APP);
    assertThat(rendered.body()).isEqualTo(BODY);
    assertThat(rendered.headerMap()).containsEntry("X-Hub-Signature-256", "sha256=original");
  }

  @Test
  void aPartIsSignedWithTheNewestAppSecret() {
    Rendered rendered = render(part(), APP);
    assertThat(rendered.body().toUtf8())
        .isEqualTo(envelope(messages("\"messages\":[" + text("wamid.B") + "]")));
    assertThat(rendered.headers())
        .containsExactly(
            new Header("Content-Type", "application/json"), signed("app-new", rendered.body()));
  }

  @Test
  void anEndpointsOwnSecretSignsWholesAndParts() {
    Secrets own = new Secrets(List.of("own-new", "own-old"), List.of("app"));
    assertThat(render(whole("sha256=original"), own).headers()).contains(signed("own-new", BODY));
    Rendered part = render(part(), own);
    assertThat(part.headers()).contains(signed("own-new", part.body()));
  }

  @Test
  void withoutASignatureTheAppSecretSigns() {
    assertThat(render(whole(null), APP).headers()).contains(signed("app-new", BODY));
    assertThat(render(whole(null), Secrets.NONE).headerMap()).containsOnlyKeys("Content-Type");
    assertThat(render(part(), Secrets.NONE).headerMap()).containsOnlyKeys("Content-Type");
  }

  @Test
  void everyAttemptIsTheSame() {
    assertThat(render(part(), APP)).isEqualTo(render(part(), APP));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Source nowhere = new Source(BODY, List.of(new ItemPath(4, 0, 0)), null, null);
    Source noJson = new Source(Bytes.utf8("{"), List.of(new ItemPath(0, 0, 0)), null, null);
    Source other = new Source(Bytes.utf8("[]"), List.of(new ItemPath(0, 0, 0)), null, null);
    for (Source source : List.of(nowhere, noJson, other)) {
      assertThatIllegalArgumentException().isThrownBy(() -> render(source, APP));
    }
  }

  @Test
  void oneDeliveryHoldsEverything() {
    List<Notification> all = Notifications.of(Samples.read(BODY));
    assertThat(dialect.units(all)).containsExactly(all);
    assertThat(dialect.units(List.of())).isEmpty();
  }

  @Test
  void triesForSevenDaysEverMoreSeldom() {
    Policy policy = dialect.defaults();
    List<Duration> schedule = policy.retry().schedule();
    assertThat(schedule.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofDays(7));
    assertThat(schedule).isSorted();
    assertThat(schedule.getFirst()).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.verdicts().success().contains(200)).isTrue();
    assertThat(policy.verdicts().success().contains(204)).isFalse();
    assertThat(policy.verdicts().cancelOn().contains(404)).isFalse();
  }

  @Test
  void secretsAreAnyText() {
    assertThat(dialect.secretObjection(" ")).isPresent();
    assertThat(dialect.secretObjection("x")).isEmpty();
    assertThat(dialect.newSecret(new byte[] {0, 1, -1})).isEqualTo("0001ff");
  }
}
