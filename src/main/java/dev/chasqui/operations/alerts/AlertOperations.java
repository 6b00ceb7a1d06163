package dev.chasqui.operations.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Operation.Nothing;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.ReceiverDialects;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.Rotation;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.OmitNull;
import dev.chasqui.operations.shape.Secret;
import dev.chasqui.operations.shape.Within;
import dev.chasqui.operations.shape.Words;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.AlertStore.Webhook;
import dev.chasqui.store.ResourceStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Alerts, and the webhook that they are sent to.
public final class AlertOperations {

  /// The name under which the secret of a workspace's alert webhook is kept.
  public static final String SECRET = "alert-webhook-secret";

  private final AlertStore alerts;
  private final ResourceStore resources;
  private final Secrets secrets;
  private final Parts parts;

  public AlertOperations(AlertStore alerts, ResourceStore resources, Secrets secrets, Parts parts) {
    this.alerts = alerts;
    this.resources = resources;
    this.secrets = secrets;
    this.parts = parts;
  }

  /// What the webhook is set with.
  ///
  /// @param dialect Standard Webhooks, in which alerts are sent
  public record Parts(
      ReceiverDialects.Traits dialect,
      Rotation rotation,
      Sender sender,
      ResourceChanged changed,
      Clock clock) {}

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("alerts.list", Of.class, "Lists alerts, newest first")
            .pages(AlertView.class, this::list),
        Operation.reads("alerts.get", One.class, "Tells an alert and who was told")
            .one(Told.class, this::get),
        Operation.reads("alert-webhook.get", Nothing.class, "Tells where alerts are sent")
            .one(WebhookView.class, (call, _) -> webhook(call)),
        Operation.changes("alert-webhook.put", Put.class, "Sets where alerts are sent")
            .checked(this::check)
            .one(WebhookView.class, this::put),
        Operation.changes("alert-webhook.delete", Nothing.class, "Deletes the alert webhook")
            .done((call, _) -> delete(call)),
        Operation.changes(
                "alert-webhook.rotate-secret", Rotate.class, "Sets a new secret, told once")
            .checked((_, wanted, faults) -> check(wanted.secret(), faults))
            .one(Rotated.class, this::rotate));
  }

  /// Which alerts.
  record Of(
      Alert.@Nullable Kind kind,
      @Words({"open", "resolved"}) @Nullable String state,
      @Doc("The id of the thing that they are about.") @Nullable String subject,
      @Doc("Raised then or later.") @Nullable Instant since,
      @Doc("Raised before then.") @Nullable Instant until,
      @Flat Paging page) {}

  /// One alert.
  record One(AlertId id) {}

  /// An alert and the messages about it.
  public record Told(@Flat AlertView alert, List<AlertView.NoticeView> notices) {}

  /// Where alerts are to be sent.
  record Put(
      @Length(2_048) @Doc(value = "Where they go.", example = "https://pager.example/hook") URI url,
      @Doc("Which; all without it.") Set<Alert.Kind> kinds,
      @Secret @Doc("What messages are signed with; made and told once without it.")
          @Nullable String secret) {}

  /// Where alerts are sent.
  public record WebhookView(
      URI url,
      @Doc("Which; empty stands for all.") List<String> kinds,
      @Doc("How many secrets are valid: two during an overlap.") int secrets,
      @Doc("A new secret, told this once.") @OmitNull @Nullable String secret) {}

  /// A new secret.
  record Rotate(
      @Secret @Doc("The new secret; one is made without it.") @Nullable String secret,
      @Within(min = "PT0S", max = "P30D") @Doc("For how long the former one stays valid.")
          @Nullable Duration overlap) {}

  /// The new secret.
  public record Rotated(@Doc("Told this once.") String secret, Instant formerValidUntil) {}

  private Listed<AlertView> list(Invocation call, Of of) {
    String state = of.state();
    AlertStore.Filter filter =
        new AlertStore.Filter(
            of.kind(),
            state == null ? null : (Boolean) state.equals("open"),
            of.subject(),
            of.since(),
            of.until());
    return Listed.read(
        of.page(), page -> alerts.list(call.workspace(), filter, page), AlertView::of);
  }

  private Told get(Invocation call, One one) {
    Alert alert =
        alerts
            .find(one.id())
            .filter(it -> it.workspace().equals(call.workspace()))
            .orElseThrow(Refusal::notFound);
    return new Told(
        AlertView.of(alert),
        alerts.notices(alert.id()).stream().map(AlertView.NoticeView::of).toList());
  }

  private WebhookView webhook(Invocation call) {
    return view(alerts.webhook(call.workspace()).orElseThrow(Refusal::notFound), null);
  }

  private WebhookView view(Webhook webhook, @Nullable String fresh) {
    return new WebhookView(
        webhook.url(),
        webhook.kinds().stream().map(Alert.Kind::wire).sorted().toList(),
        active(webhook.workspace()).size(),
        fresh);
  }

  private List<String> active(WorkspaceId workspace) {
    return secrets.active(SECRET).stream()
        .filter(it -> it.workspace().equals(workspace))
        .map(it -> it.value())
        .toList();
  }

  private void check(Invocation call, Put wanted, Faults faults) throws InterruptedException {
    if (wanted.url() != null) {
      faults.add("url", parts.sender().objection(wanted.url()));
    }
    check(wanted.secret(), faults);
  }

  private void check(@Nullable String secret, Faults faults) {
    if (secret != null) {
      faults.add("secret", parts.dialect().secretObjection().apply(secret));
    }
  }

  /// Where a webhook is set anew its secret is a new one; that of one that is there stays, unless
  /// another is given. A new secret is told.
  private WebhookView put(Invocation call, Put wanted) {
    Webhook webhook = new Webhook(call.workspace(), wanted.url(), wanted.kinds());
    String secret = orFresh(wanted.secret());
    boolean isNew = resources.inOneStep(() -> put(webhook, secret, wanted.secret() != null));
    return view(webhook, isNew ? secret : null);
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

  private String orFresh(@Nullable String given) {
    return given == null ? parts.rotation().fresh(parts.dialect()) : given;
  }

  private void delete(Invocation call) {
    if (!alerts.deleteWebhook(call.workspace())) {
      throw Refusal.notFound();
    }
  }

  private Rotated rotate(Invocation call, Rotate wanted) {
    if (alerts.webhook(call.workspace()).isEmpty()) {
      throw Refusal.notFound();
    }
    String secret = orFresh(wanted.secret());
    Duration overlap = wanted.overlap() == null ? Overlap.DEFAULT : wanted.overlap();
    putSecret(call.workspace(), secret, overlap);
    return new Rotated(secret, parts.clock().instant().plus(overlap));
  }
}
