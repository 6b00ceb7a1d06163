package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the journal can make its next segment and write to the open one. It is the whole
/// process's trouble, so it is told in the default workspace.
final class DiskWatch implements Watch {

  private static final String JOURNAL = "journal";

  private final Supplier<Optional<String>> trouble;

  /// @param trouble why not, with the bound and the bytes that are free; empty if it can
  DiskWatch(Supplier<Optional<String>> trouble) {
    this.trouble = trouble;
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    return trouble.get().map(DiskWatch::finding).stream().toList();
  }

  private static Finding finding(String reason) {
    String summary =
        "the journal has no room: "
            + reason
            + "; webhooks are answered 503 when the open segment is"
            + " full";
    return new Finding(
        WorkspaceId.DEFAULT,
        new Finding.Topic(Kind.DISK_FULL, JOURNAL),
        "full",
        new Alert.Words(Severity.CRITICAL, summary, Map.of("reason", reason)),
        Duration.ZERO);
  }
}
