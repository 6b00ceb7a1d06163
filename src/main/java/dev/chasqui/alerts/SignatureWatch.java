package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Bad signatures: so many of one source within so long, or fewer if there is no good one among
/// them, as when the secret is wrong and little comes. It is over when a quarter of that is left.
final class SignatureWatch implements Watch {

  private final AlertSettings.Signatures settings;
  private final SourceCounts told = new SourceCounts();
  private final SourceCounts toldGood = new SourceCounts();
  private final Map<WorkspaceSource, Instant> lastGood = new HashMap<>();
  private final Map<WorkspaceSource, Deque<Portion>> recent = new HashMap<>();
  private boolean hasChecked;

  SignatureWatch(AlertSettings.Signatures settings) {
    this.settings = settings;
  }

  /// So many bad ones, seen at a check.
  private record Portion(Instant at, long count) {}

  void bad(WorkspaceSource source) {
    told.add(source);
  }

  void good(WorkspaceSource source) {
    toldGood.add(source);
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    if (!hasChecked) {
      // What was counted before a restart is gone: an open alert's time begins anew.
      open.of(Kind.SIGNATURES_BAD)
          .forEach(it -> add(WorkspaceSource.of(it), now, settings.count()));
      hasChecked = true;
    }
    toldGood.drain().keySet().forEach(source -> lastGood.put(source, now));
    lastGood.values().removeIf(at -> !at.plus(settings.within()).isAfter(now));
    Map<WorkspaceSource, Long> fresh = told.drain();
    fresh.forEach((source, count) -> add(source, now, count));
    List<Finding> findings = new ArrayList<>();
    recent.forEach(
        (source, portions) -> {
          portions.removeIf(it -> !it.at().plus(settings.within()).isAfter(now));
          long count = portions.stream().mapToLong(Portion::count).sum();
          Alert former = open.of(Kind.SIGNATURES_BAD, source.toString());
          boolean isOpen = former != null;
          long enough = lastGood.containsKey(source) ? settings.count() : settings.all();
          if (count >= (isOpen ? Math.max(1, enough / 4) : enough)) {
            long all =
                former == null ? count : Count.of(former, "count") + fresh.getOrDefault(source, 0L);
            findings.add(finding(source, all, lastGood.containsKey(source)));
          }
        });
    recent.values().removeIf(Deque::isEmpty);
    return findings;
  }

  private void add(WorkspaceSource source, Instant now, long count) {
    recent.computeIfAbsent(source, _ -> new ArrayDeque<>()).add(new Portion(now, count));
  }

  private Finding finding(WorkspaceSource source, long count, boolean hasGood) {
    String summary =
        ("%s of %s had a bad signature%s. They are kept: set the right secret and have them"
                + " verified again")
            .formatted(
                Count.of(count, "webhook", "webhooks"),
                source,
                hasGood ? "" : ", and none a good one");
    Map<String, String> details =
        Map.of(
            "source", source.source(),
            "count", Long.toString(count),
            "within", settings.within().toString());
    return new Finding(
        source.workspace(),
        new Finding.Topic(Kind.SIGNATURES_BAD, source.toString()),
        "burst",
        new Alert.Words(Severity.CRITICAL, summary, details),
        Duration.ZERO);
  }
}
