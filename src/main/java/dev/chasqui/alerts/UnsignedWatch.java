package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sources of processed webhooks whose sender nothing proved. Over when none came for a while.
final class UnsignedWatch implements Watch {

  private final Duration quiet;
  private final SourceCounts told = new SourceCounts();
  private final Map<WorkspaceSource, Instant> last = new HashMap<>();

  private boolean hasChecked;

  UnsignedWatch(Duration quiet) {
    this.quiet = quiet;
  }

  void unsigned(WorkspaceSource source) {
    told.add(source);
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    if (!hasChecked) {
      // After a restart the time that an open alert still has begins anew.
      open.of(Kind.SOURCE_UNSIGNED).forEach(alert -> last.put(WorkspaceSource.of(alert), now));
      hasChecked = true;
    }
    told.drain().keySet().forEach(source -> last.put(source, now));
    last.values().removeIf(at -> !at.plus(quiet).isAfter(now));
    return last.keySet().stream().map(UnsignedWatch::finding).toList();
  }

  private static Finding finding(WorkspaceSource source) {
    String summary =
        "webhooks of %s are processed without any proof of who sent them; anyone who knows the URL"
                .formatted(source)
            + " can send such";
    return new Finding(
        source.workspace(),
        new Finding.Topic(Kind.SOURCE_UNSIGNED, source.toString()),
        "unsigned",
        new Alert.Words(Severity.WARNING, summary, Map.of("source", source.source())),
        Duration.ZERO);
  }
}
