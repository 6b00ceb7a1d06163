package dev.chasqui.alerts;

import dev.chasqui.dialect.standard.StandardMessage;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Version;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.AlertStore.Notice;
import dev.chasqui.store.AlertStore.Sending;
import dev.chasqui.store.AlertStore.SendingState;
import dev.chasqui.store.AlertStore.Webhook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Sends the notices of alert webhooks, one after the other. A notice is stored with its alert, so
/// it outlives a restart; it is tried until the webhook answers 2xx or the schedule is exhausted. A
/// failure here is logged and noted in the alert; it raises no alert itself.
final class SendNotices {

  /// The schedule of Standard Webhooks.
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(10));

  private static final Logger LOG = System.getLogger(SendNotices.class.getName());
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final int PORTION = 20;

  private final AlertStore store;
  private final Sender sender;
  private final Function<WorkspaceId, List<String>> secrets;
  private final Clock clock;

  /// @param secrets a workspace's secrets for its alert webhook, newest first
  SendNotices(
      AlertStore store, Sender sender, Function<WorkspaceId, List<String>> secrets, Clock clock) {
    this.store = store;
    this.sender = sender;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// Sends what is due now.
  ///
  /// @return when the next one is due, empty if none waits
  Optional<Instant> sendDue() throws InterruptedException {
    for (Notice notice : store.dueNotices(clock.instant(), PORTION)) {
      store.settle(sent(notice));
    }
    return store.nextNotice();
  }

  private Notice sent(Notice notice) throws InterruptedException {
    Optional<Webhook> webhook = store.webhook(notice.workspace());
    if (webhook.isEmpty()) {
      return with(notice, givenUp(notice.sending().attempts(), "there is no webhook any more"));
    }
    SendResult result = sender.send(request(webhook.get(), notice));
    return with(notice, judged(notice, result));
  }

  private Sender.Outbound request(Webhook webhook, Notice notice) {
    Bytes body = Bytes.utf8(notice.body());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "Chasqui/" + Version.VALUE);
    StandardMessage.headers(
            secrets.apply(notice.workspace()), "msg_" + notice.id(), clock.instant(), body)
        .forEach(header -> headers.put(header.name(), header.value()));
    return new Sender.Outbound("POST", webhook.url(), headers, body, DEADLINE, 0);
  }

  private Sending judged(Notice notice, SendResult result) {
    int attempts = notice.sending().attempts() + 1;
    String error =
        switch (result) {
          case SendResult.Answered it -> it.status() / 100 == 2 ? "" : "status " + it.status();
          case SendResult.Failed it -> it.failure().wire();
        };
    if (error.isEmpty()) {
      return new Sending(SendingState.SENT, attempts, null, null);
    }
    if (attempts > SCHEDULE.size()) {
      LOG.log(
          Level.WARNING,
          "the message of alert {0} is given up after {1} attempts: {2}",
          notice.alert(),
          attempts,
          error);
      return givenUp(attempts, error);
    }
    Instant next = clock.instant().plus(SCHEDULE.get(attempts - 1));
    return new Sending(SendingState.WAITING, attempts, next, error);
  }

  private static Sending givenUp(int attempts, String error) {
    return new Sending(SendingState.GIVEN_UP, attempts, null, error);
  }

  private static Notice with(Notice notice, Sending sending) {
    return new Notice(notice.id(), notice.alert(), notice.workspace(), notice.body(), sending);
  }
}
