package dev.chasqui.alerts;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Alert;
import dev.chasqui.model.IdSource;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.AlertStore.Notice;
import dev.chasqui.store.AlertStore.Sending;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes the messages that alert webhooks are owed, in the form of Standard Webhooks. A workspace
/// without a webhook, or one that does not want the kind, is owed none.
final class Notices {

  private static final Logger LOG = System.getLogger(Notices.class.getName());
  private static final int SIZE = 768;

  private final AlertStore store;
  private final IdSource ids;
  private final int most;

  /// @param most how many may wait
  Notices(AlertStore store, IdSource ids, int most) {
    this.store = store;
    this.ids = ids;
    this.most = most;
  }

  @Nullable Notice raised(Alert alert, Instant now) {
    return notice(alert, "alert.raised", now);
  }

  @Nullable Notice resolved(Alert alert, Instant now) {
    return notice(alert, "alert.resolved", now);
  }

  private @Nullable Notice notice(Alert alert, String type, Instant now) {
    boolean isWanted =
        store.webhook(alert.workspace()).filter(it -> it.wants(alert.kind())).isPresent();
    if (!isWanted) {
      return null;
    }
    if (store.dueNotices(Instant.ofEpochMilli(Long.MAX_VALUE), most).size() >= most) {
      LOG.log(Level.WARNING, "alert {0} is not sent: too many messages wait", alert.id());
      return null;
    }
    String body = body(alert, type, now);
    return new Notice(ids.next(), alert.id(), alert.workspace(), body, Sending.at(now));
  }

  /// The body of a message; `data` is the alert as the operator's interface tells it.
  static String body(Alert alert, String type, Instant now) {
    JsonWriter json = new JsonWriter(SIZE).beginObject();
    json.member("type", type).member("timestamp", now.toString()).name("data").beginObject();
    json.member("id", alert.id().toString())
        .member("workspace", alert.workspace().value())
        .member("kind", alert.kind().wire())
        .member("severity", alert.words().severity().wire())
        .member("state", alert.isOpen() ? "open" : "resolved")
        .member("subject", alert.subject())
        .member("condition", alert.condition())
        .member("summary", alert.words().summary())
        .name("details")
        .beginObject();
    alert.words().sortedDetails().forEach(json::member);
    json.endObject().member("raisedAt", alert.raisedAt().toString());
    Alert.Resolution resolution = alert.resolution();
    json.member("resolvedAt", resolution == null ? null : resolution.at().toString());
    json.member("resolution", resolution == null ? null : resolution.how());
    return json.endObject().endObject().bytes().toUtf8();
  }
}
