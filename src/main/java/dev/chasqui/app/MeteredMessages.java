package dev.chasqui.app;

import dev.chasqui.alerts.Alerts;
import dev.chasqui.messaging.MessagingEvents;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Metrics;
import java.time.Duration;
import java.util.Locale;

/// Counts messages out, and passes on what may be worth an alert. Every label comes from a closed
/// list.
final class MeteredMessages implements MessagingEvents {

  private final Metrics metrics;
  private final Alerts alerts;

  MeteredMessages(Metrics metrics, Alerts alerts) {
    this.metrics = metrics;
    this.alerts = alerts;
  }

  @Override
  public void answered(Via via, SendAnswer answer, Duration took) {
    metrics.count("chasqui_messages_sent", "via", via.wire(), "outcome", outcome(answer));
    metrics.time(took, "chasqui_message_send", "via", via.wire());
  }

  @Override
  public void upstreamAnswered(Duration took) {
    metrics.time(took, "chasqui_upstream_calls");
  }

  @Override
  public void accessTokenRefused(WorkspaceId workspace) {
    metrics.count("chasqui_access_token_refused");
    alerts.tokenRefused(workspace);
  }

  @Override
  public void accessTokenTaken(WorkspaceId workspace) {
    alerts.tokenTaken(workspace);
  }

  private static String outcome(SendAnswer answer) {
    return switch (answer) {
      case SendAnswer.Accepted accepted -> accepted.repeated() ? "repeated" : "accepted";
      case SendAnswer.Refused refused -> refused.repeated() ? "repeated" : "refused";
      case SendAnswer.Unknown unknown -> unknown.repeated() ? "repeated" : "unknown";
      case SendAnswer.FallbackFailed failed -> failed.mayHaveArrived() ? "unknown" : "failed";
      case SendAnswer.Conflict _ -> "conflict";
      case SendAnswer.Unavailable unavailable ->
          "not_sent_" + unavailable.cause().name().toLowerCase(Locale.ROOT);
    };
  }
}
