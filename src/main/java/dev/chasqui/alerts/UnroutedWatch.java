package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Accounts whose webhooks come in though the application is not subscribed to them: no callback
/// gets them. Over when it is subscribed again, or when none came for a while.
final class UnroutedWatch implements Watch {

  private static final int MAX_ACCOUNTS = 1_000;

  private final Receivers receivers;
  private final Duration quiet;
  private final ConcurrentMap<Account, Long> told = new ConcurrentHashMap<>();
  private final Map<Account, Seen> seen = new HashMap<>();
  private boolean hasChecked;

  UnroutedWatch(Receivers receivers, Duration quiet) {
    this.receivers = receivers;
    this.quiet = quiet;
  }

  private record Account(WorkspaceId workspace, String wabaId) {

    String subject() {
      return workspace.value() + "/" + wabaId;
    }

    static Account of(Alert alert) {
      return new Account(
          alert.workspace(), alert.subject().substring(alert.subject().indexOf('/') + 1));
    }
  }

  private record Seen(long count, Instant last) {}

  /// A webhook of an account came in. Told of every webhook.
  void came(WorkspaceId workspace, String wabaId) {
    boolean isUnrouted = receivers.isUnsubscribed().test(workspace, wabaId);
    if (isUnrouted && told.size() < MAX_ACCOUNTS) {
      told.merge(new Account(workspace, wabaId), 1L, Long::sum);
    }
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    if (!hasChecked) {
      // After a restart the time that an open alert still has begins anew.
      open.of(Kind.TRAFFIC_UNROUTED)
          .forEach(it -> seen.put(Account.of(it), new Seen(Count.of(it, "count"), now)));
      hasChecked = true;
    }
    for (Account account : List.copyOf(told.keySet())) {
      Long fresh = told.remove(account);
      if (fresh != null) {
        seen.merge(
            account, new Seen(fresh, now), (a, b) -> new Seen(a.count() + b.count(), b.last()));
      }
    }
    seen.entrySet()
        .removeIf(
            it ->
                !it.getValue().last().plus(quiet).isAfter(now)
                    || !receivers
                        .isUnsubscribed()
                        .test(it.getKey().workspace(), it.getKey().wabaId()));
    List<Finding> findings = new ArrayList<>();
    seen.forEach((account, it) -> findings.add(finding(account, it.count())));
    return findings;
  }

  private static Finding finding(Account account, long count) {
    String summary =
        ("the application is not subscribed to WABA %s: no callback got %s of it. Subscribe it"
                + " again with POST /{version}/%s/subscribed_apps, or have Meta send them elsewhere")
            .formatted(account.wabaId(), Count.of(count, "webhook", "webhooks"), account.wabaId());
    return new Finding(
        account.workspace(),
        new Finding.Topic(Kind.TRAFFIC_UNROUTED, account.subject()),
        "unsubscribed",
        new Alert.Words(
            Severity.WARNING,
            summary,
            Map.of("wabaId", account.wabaId(), "count", Long.toString(count))),
        Duration.ZERO);
  }
}
