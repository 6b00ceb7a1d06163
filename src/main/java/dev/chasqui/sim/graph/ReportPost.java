package dev.chasqui.sim.graph;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Errands;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.Layout;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.RetrySchedule;
import dev.chasqui.sim.SignedWebhook;
import dev.chasqui.sim.WebhookFactory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Tells what became of messages: one signed webhook for each report, in the order in which they
/// happened, at the callback of the number's business.
final class ReportPost implements AutoCloseable {

  private static final int MAX_KEPT = 10_000;

  private final FakeGraphCallbacks callbacks;
  private final AppSecret secret;
  private final Clock clock;
  private final Map<URI, Platform> platforms = new ConcurrentHashMap<>();
  private final List<SignedWebhook> posted = new ArrayList<>();
  private final Errands errands = new Errands("graph-reports");

  ReportPost(FakeGraphCallbacks callbacks, AppSecret secret, Clock clock) {
    this.callbacks = callbacks;
    this.secret = secret;
    this.clock = clock;
  }

  /// Posts reports later.
  ///
  /// @throws IllegalStateException if too many wait
  void later(SentMessage message, Business business, List<GraphReport> reports) {
    for (GraphReport report : reports) {
      errands.add(() -> now(message, business, report));
    }
  }

  /// Posts reports, and returns when the callback has them or is given up.
  void now(SentMessage message, Business business, List<GraphReport> reports) {
    reports.forEach(report -> now(message, business, report));
  }

  /// Waits until all that waits now is posted.
  ///
  /// @return false if it takes longer than the limit
  boolean settle(Duration limit) throws InterruptedException {
    return errands.settle(limit);
  }

  private void now(SentMessage message, Business business, GraphReport report) {
    try {
      var _ = post(item(message, business, report));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Posts one item, and returns when the callback has it or is given up.
  Platform.Result post(Item item) throws InterruptedException {
    Optional<URI> callback = callbacks.of(item.business());
    if (callback.isEmpty()) {
      return new Platform.Result(0, "there is no callback", 0);
    }
    SignedWebhook webhook = secret.genuine(List.of(item), Layout.ARRAYS);
    keep(webhook);
    return platforms.computeIfAbsent(callback.get(), this::platform).send(webhook);
  }

  synchronized List<SignedWebhook> posted() {
    return List.copyOf(posted);
  }

  private synchronized void keep(SignedWebhook webhook) {
    if (posted.size() < MAX_KEPT) {
      posted.add(webhook);
    }
  }

  private Platform platform(URI callback) {
    return new Platform(callback, RetrySchedule.QUICK, clock, 1);
  }

  private Item.Status item(SentMessage message, Business business, GraphReport report) {
    boolean isFailure = report.status().equals("failed");
    return new Item.Status(
        report.status(),
        business,
        message.wamid(),
        report.status(),
        isFailure ? "" : contact(message),
        status(message, report));
  }

  private String status(SentMessage message, GraphReport report) {
    JsonWriter json = new JsonWriter(512).beginObject().member("id", message.wamid());
    json.member("status", report.status());
    json.member("timestamp", Long.toString(clock.instant().getEpochSecond()));
    if (!message.isToUserId()) {
      json.member("recipient_id", message.recipient());
    }
    json.member("recipient_user_id", userId(message));
    if (!message.callbackData().isEmpty()) {
      json.member("biz_opaque_callback_data", message.callbackData());
    }
    report
        .error()
        .ifPresent(
            error -> {
              json.name("errors").beginArray();
              error.writeTo(json);
              json.endArray();
            });
    return json.endObject().bytes().toUtf8();
  }

  private static String contact(SentMessage message) {
    JsonWriter json = new JsonWriter(128).beginObject();
    if (!message.isToUserId()) {
      json.member("wa_id", message.recipient());
    }
    return json.member("user_id", userId(message)).endObject().bytes().toUtf8();
  }

  private static String userId(SentMessage message) {
    return message.isToUserId() ? message.recipient() : WebhookFactory.userId(message.recipient());
  }

  @Override
  public void close() {
    errands.close();
    platforms.values().forEach(Platform::close);
  }
}
