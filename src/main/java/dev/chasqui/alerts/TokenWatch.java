package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Workspaces whose access token upstream does not take: none of their messages goes out. Over with
/// the first call that it is taken for.
final class TokenWatch implements Watch {

  private final Set<WorkspaceId> refused = ConcurrentHashMap.newKeySet();

  private boolean hasChecked;

  /// @return whether that is news
  boolean refused(WorkspaceId workspace) {
    return refused.add(workspace);
  }

  void taken(WorkspaceId workspace) {
    // Told of every message.
    if (!refused.isEmpty()) {
      refused.remove(workspace);
    }
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    if (!hasChecked) {
      open.of(Kind.TOKEN_REFUSED).forEach(alert -> refused.add(alert.workspace()));
      hasChecked = true;
    }
    return refused.stream().map(TokenWatch::finding).toList();
  }

  private static Finding finding(WorkspaceId workspace) {
    String summary =
        "the Graph API refuses the access token of workspace "
            + workspace
            + ": no message goes out until meta-access-token is set anew";
    return new Finding(
        workspace,
        new Finding.Topic(Kind.TOKEN_REFUSED, workspace.value()),
        "refused",
        new Alert.Words(Severity.CRITICAL, summary, Map.of("secret", "meta-access-token")),
        Duration.ZERO);
  }
}
