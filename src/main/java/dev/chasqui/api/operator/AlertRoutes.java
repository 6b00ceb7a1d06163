package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.Url;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.ReceiverDialects;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.Rotation;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.AlertStore.Notice;
import dev.chasqui.store.AlertStore.Webhook;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Alerts, and the webhook that they are sent to.
public final class AlertRoutes {

  /// The name under which the secret of a workspace's alert webhook is kept.
  public static final String SECRET = "alert-webhook-secret";

  private static final String ROOT = "/api/v1/alerts";
  private static final String WEBHOOK = "/api/v1/alert-webhook";
  private static final int MAX_URL = 2_048;
  private static final int MAX_WORD = 40;

  private final AlertStore alerts;
  private final ResourceStore resources;
  private final Secrets secrets;
  private final Parts parts;

  AlertRoutes(AlertStore alerts, ResourceStore resources, Secrets secrets, Parts parts) {
    this.alerts = alerts;
    this.resources = resources;
    this.secrets = secrets;
    this.parts = parts;
  }

  /// What the webhook is set with.
  ///
  /// @param dialect Standard Webhooks, in which alerts are sent
  record Parts(
      ReceiverDialects.Traits dialect,
      Rotation rotation,
      Sender sender,
      ResourceChanged changed,
      Clock clock) {}

  List<Served> operations() {
    return List.of(
        Served.of("GET", ROOT, "Lists alerts, newest first", this::list)
            .with("kind", "state", "subject", "since", "until", "limit", "cursor"),
        Served.of("GET", ROOT + "/{id}", "Tells an alert and who was told", this::get),
        Served.of("GET", WEBHOOK, "Tells where alerts are sent", this::webhook),
        Served.of("PUT", WEBHOOK, "Sets where alerts are sent", this::put),
        Served.of("DELETE", WEBHOOK, "Deletes the alert webhook", this::delete),
        Served.of(
            "POST", WEBHOOK + "/rotate-secret", "Sets a new secret, told once", this::rotate));
  }

  private Response list(OperatorCall call) {
    AlertStore.Filter filter =
        new AlertStore.Filter(
            call.query("kind", Alert.Kind::ofWire),
            call.query("state", AlertRoutes::isOpen),
            call.query("subject"),
            call.time("since"),
            call.time("until"));
    return ListPage.read(
        call.page(), page -> alerts.list(call.workspace(), filter, page), AlertRoutes::alert);
  }

  private static Boolean isOpen(String word) {
    return switch (word) {
      case "open" -> true;
      case "resolved" -> false;
      default -> throw new IllegalArgumentException("must be open or resolved");
    };
  }

  private Response get(OperatorCall call) {
    Alert alert =
        alerts
            .find(call.pathId("id", AlertId::parse))
            .filter(it -> it.workspace().equals(call.workspace()))
            .orElseThrow(OperatorCall::notFound);
    return alert(alert)
        .list("notices", alerts.notices(alert.id()), AlertRoutes::notice)
        .response(200);
  }

  static JsonAnswer alert(Alert alert) {
    Alert.Resolution resolution = alert.resolution();
    JsonAnswer details = new JsonAnswer();
    alert.words().sortedDetails().forEach(details::add);
    return new JsonAnswer()
        .text("id", alert.id())
        .text("workspace", alert.workspace())
        .add("kind", alert.kind().wire())
        .add("severity", alert.words().severity().wire())
        .add("state", alert.isOpen() ? "open" : "resolved")
        .add("subject", alert.subject())
        .add("condition", alert.condition())
        .add("summary", alert.words().summary())
        .add("details", details.members())
        .time("raisedAt", alert.raisedAt())
        .time("resolvedAt", resolution == null ? null : resolution.at())
        .add("resolution", resolution == null ? null : resolution.how());
  }

  private static JsonAnswer notice(Notice notice) {
    return new JsonAnswer()
        .add("id", "msg_" + notice.id())
        .add("state", notice.sending().state().wire())
        .add("attempts", (long) notice.sending().attempts())
        .time("nextAttemptAt", notice.sending().nextAt())
        .add("error", notice.sending().error());
  }

  private Response webhook(OperatorCall call) {
    Webhook webhook = alerts.webhook(call.workspace()).orElseThrow(OperatorCall::notFound);
    return json(webhook).response(200);
  }

  private JsonAnswer json(Webhook webhook) {
    return new JsonAnswer()
        .text("url", webhook.url())
        .add("kinds", webhook.kinds().stream().map(Alert.Kind::wire).sorted().toList())
        .add("secrets", active(webhook.workspace()).size());
  }

  private List<String> active(WorkspaceId workspace) {
    return secrets.active(SECRET).stream()
        .filter(it -> it.workspace().equals(workspace))
        .map(it -> it.value())
        .toList();
  }

  /// Where a webhook is set anew its secret is a new one; that of one that is there stays, unless
  /// another is given. A new secret is told.
  private Response put(OperatorCall call) throws InterruptedException {
    Fields fields = call.body();
    URI url = url(fields);
    Set<Alert.Kind> kinds = kinds(fields);
    String given = secret(fields);
    fields.check();
    Webhook webhook = new Webhook(call.workspace(), url, kinds);
    String secret = given == null ? parts.rotation().fresh(parts.dialect()) : given;
    boolean isNew = resources.inOneStep(() -> put(webhook, secret, given != null));
    JsonAnswer answer = json(webhook);
    return (isNew ? answer.add("secret", secret) : answer).response(200);
  }

  private boolean put(Webhook webhook, String secret, boolean isGiven) {
    WorkspaceId workspace = webhook.workspace();
    boolean isNew = isGiven || alerts.webhook(workspace).isEmpty() || active(workspace).isEmpty();
    if (isNew) {
      putSecret(workspace, secret, Duration.ZERO);
    }
    alerts.putWebhook(webhook);
    return isNew;
  }

  private void putSecret(WorkspaceId workspace, String secret, Duration overlap) {
    Instant now = parts.clock().instant();
    resources.putSecret(workspace, SECRET, secret, now, now.plus(overlap));
    parts.changed().changed();
  }

  private URI url(Fields fields) throws InterruptedException {
    String text = fields.requiredText("url", MAX_URL);
    try {
      URI url = Url.parse(text);
      if (!text.isEmpty()) {
        parts.sender().objection(url).ifPresent(it -> fields.fault("url", it));
      }
      return url;
    } catch (URISyntaxException e) {
      fields.fault("url", "must be an absolute http or https URL");
      return URI.create("");
    }
  }

  private static Set<Alert.Kind> kinds(Fields fields) {
    Set<Alert.Kind> kinds = new HashSet<>();
    for (String word : fields.words("kinds", Alert.Kind.values().length, MAX_WORD)) {
      try {
        kinds.add(Alert.Kind.ofWire(word));
      } catch (IllegalArgumentException e) {
        fields.fault("kinds", String.valueOf(e.getMessage()));
      }
    }
    return kinds;
  }

  private @Nullable String secret(Fields fields) {
    String given = fields.secret("secret");
    Optional<String> objection =
        given == null ? Optional.empty() : parts.dialect().secretObjection().apply(given);
    objection.ifPresent(it -> fields.fault("secret", it));
    return given;
  }

  private Response delete(OperatorCall call) {
    if (!alerts.deleteWebhook(call.workspace())) {
      throw OperatorCall.notFound();
    }
    return Response.empty(204);
  }

  private Response rotate(OperatorCall call) {
    if (alerts.webhook(call.workspace()).isEmpty()) {
      throw OperatorCall.notFound();
    }
    Fields fields = call.optionalBody();
    String given = secret(fields);
    Duration overlap = fields.duration("overlap", Duration.ZERO, Overlap.MAX, Overlap.DEFAULT);
    fields.check();
    String secret = given == null ? parts.rotation().fresh(parts.dialect()) : given;
    putSecret(call.workspace(), secret, overlap);
    return new JsonAnswer()
        .add("secret", secret)
        .time("formerValidUntil", parts.clock().instant().plus(overlap))
        .response(200);
  }
}
