package dev.chasqui.operations.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Words;
import dev.chasqui.store.AlertStore.Notice;
import dev.chasqui.store.AlertStore.SendingState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An alert.
public record AlertView(
    AlertId id,
    WorkspaceId workspace,
    Alert.Kind kind,
    Alert.Severity severity,
    @Words({"open", "resolved"}) String state,
    @Doc("The id of the thing that it is about.") String subject,
    @Doc("What about it, one word.") String condition,
    @Doc("One sentence for people.") String summary,
    @Doc("The figures behind it.") Map<String, String> details,
    Instant raisedAt,
    @Nullable Instant resolvedAt,
    @Doc("How it ended: over, or changed where another alert follows.")
        @Nullable String resolution) {

  static AlertView of(Alert alert) {
    Alert.Resolution resolution = alert.resolution();
    return new AlertView(
        alert.id(),
        alert.workspace(),
        alert.kind(),
        alert.words().severity(),
        alert.isOpen() ? "open" : "resolved",
        alert.subject(),
        alert.condition(),
        alert.words().summary(),
        alert.words().sortedDetails(),
        alert.raisedAt(),
        resolution == null ? null : resolution.at(),
        resolution == null ? null : resolution.how());
  }

  /// A message to the alert webhook.
  public record NoticeView(
      @Doc("Also the message's webhook-id.") String id,
      SendingState state,
      long attempts,
      @Nullable Instant nextAttemptAt,
      @Doc("What went wrong last; null if nothing did.") @Nullable String error) {

    static NoticeView of(Notice notice) {
      return new NoticeView(
          "msg_" + notice.id(),
          notice.sending().state(),
          notice.sending().attempts(),
          notice.sending().nextAt(),
          notice.sending().error());
    }
  }
}
