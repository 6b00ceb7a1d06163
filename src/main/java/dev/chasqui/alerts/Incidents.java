package dev.chasqui.alerts;

import dev.chasqui.alerts.Finding.Topic;
import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.IdSource;
import dev.chasqui.store.AlertStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes alerts of findings: each is raised once and resolved once. A finding that must hold for a
/// while is worth nothing before; an alert whose finding is gone is resolved when that has lasted.
/// If what is the matter changes, the alert is resolved as `changed` without a word and another is
/// raised, so that each change is told once. While an alert is open its figures are kept up to
/// date. What is open is read from the store at the beginning, so that a restart raises nothing
/// twice.
///
/// Used by one thread, but for what is open, which anybody may read.
final class Incidents implements Watch.Open {

  /// How often the words of an open alert are written at most.
  private static final Duration WORDS_EVERY = Duration.ofSeconds(10);

  private static final int MAX_WORDS_PER_LOOK = 50;
  private static final Logger LOG = System.getLogger(Incidents.class.getName());

  private final AlertStore store;
  private final Notices notices;
  private final IdSource ids;
  private final Duration calm;
  private final Map<Topic, Alert> open = new ConcurrentHashMap<>();
  private final Map<Topic, Instant> lastSeen = new HashMap<>();
  private final Map<Topic, Pending> pending = new HashMap<>();
  private final Set<Topic> unwritten = new LinkedHashSet<>();
  private final Map<Topic, Instant> writtenAt = new HashMap<>();
  private boolean hasNotices;

  /// @param calm how long an endpoint is well before its alert is resolved
  Incidents(AlertStore store, Notices notices, IdSource ids, Duration calm) {
    this.store = store;
    this.notices = notices;
    this.ids = ids;
    this.calm = calm;
  }

  /// A condition that is not worth an alert yet.
  private record Pending(String condition, Instant since) {}

  /// Takes over what an earlier life left open.
  void load(Instant now) {
    for (Alert alert : store.open()) {
      open.put(Topic.of(alert), alert);
      lastSeen.put(Topic.of(alert), now);
    }
  }

  @Override
  public List<Alert> of(Alert.Kind kind) {
    return open.values().stream().filter(it -> it.kind() == kind).toList();
  }

  @Override
  public @Nullable Alert of(Alert.Kind kind, String subject) {
    return open.get(new Topic(kind, subject));
  }

  /// Compares what is the matter with what is open.
  void compare(List<Finding> findings, Instant now) {
    Map<Topic, Finding> found = new HashMap<>();
    findings.forEach(it -> found.put(it.topic(), it));
    pending.keySet().retainAll(found.keySet());
    found.values().forEach(it -> see(it, now));
    for (Alert alert : new ArrayList<>(open.values())) {
      if (!found.containsKey(Topic.of(alert))) {
        miss(alert, now);
      }
    }
    writeWords(now);
  }

  private void see(Finding finding, Instant now) {
    Alert former = open.get(finding.topic());
    if (former != null) {
      lastSeen.put(finding.topic(), now);
    }
    if (former != null && former.condition().equals(finding.condition())) {
      pending.remove(finding.topic());
      update(former, finding.words());
      return;
    }
    if (hasHeld(finding, now)) {
      if (former != null) {
        resolve(former, now, "changed", false);
      }
      raise(finding, now);
    }
  }

  /// An open alert says how things are now. Nobody is told again.
  private void update(Alert former, Alert.Words words) {
    if (!former.words().equals(words)) {
      open.put(Topic.of(former), former.saying(words));
      unwritten.add(Topic.of(former));
    }
  }

  /// A check writes a bounded number of changed words, and those of one alert not at each check:
  /// with many receivers down, the counts of all of them change all the time.
  private void writeWords(Instant now) {
    List<Topic> due =
        unwritten.stream()
            .filter(it -> !writtenAt.getOrDefault(it, Instant.MIN).plus(WORDS_EVERY).isAfter(now))
            .limit(MAX_WORDS_PER_LOOK)
            .toList();
    for (Topic topic : due) {
      Alert alert = open.get(topic);
      if (alert != null) {
        store.put(alert, null);
        writtenAt.put(topic, now);
      }
      unwritten.remove(topic);
    }
  }

  private boolean hasHeld(Finding finding, Instant now) {
    Pending known = pending.get(finding.topic());
    if (known == null || !known.condition().equals(finding.condition())) {
      known = new Pending(finding.condition(), now);
      pending.put(finding.topic(), known);
    }
    return !known.since().plus(finding.hold()).isAfter(now);
  }

  private void miss(Alert alert, Instant now) {
    Instant seen = lastSeen.getOrDefault(Topic.of(alert), now);
    boolean wantsCalm =
        alert.kind() == Alert.Kind.ENDPOINT_HEALTH
            && (alert.condition().equals("failing") || alert.condition().equals("degraded"));
    if (!wantsCalm || !seen.plus(calm).isAfter(now)) {
      resolve(alert, now, "over", true);
    }
  }

  private void raise(Finding finding, Instant now) {
    Alert alert =
        new Alert(
            new AlertId(ids.next()),
            finding.workspace(),
            finding.topic().kind(),
            finding.topic().subject(),
            finding.condition(),
            finding.words(),
            null);
    put(alert, notices.raised(alert, now));
    open.put(finding.topic(), alert);
    lastSeen.put(finding.topic(), now);
    pending.remove(finding.topic());
    LOG.log(level(alert), () -> "alert " + alert.id() + ": " + alert.words().summary());
  }

  private void resolve(Alert alert, Instant now, String how, boolean isTold) {
    Alert resolved = alert.resolved(now, how);
    put(resolved, isTold ? notices.resolved(resolved, now) : null);
    open.remove(Topic.of(alert));
    lastSeen.remove(Topic.of(alert));
    unwritten.remove(Topic.of(alert));
    writtenAt.remove(Topic.of(alert));
    if (isTold) {
      LOG.log(
          Level.INFO,
          () -> "alert " + alert.id() + " is over: " + alert.subject() + " " + alert.condition());
    }
  }

  private void put(Alert alert, AlertStore.@Nullable Notice notice) {
    store.put(alert, notice);
    hasNotices |= notice != null;
  }

  /// Whether there is something new to send since the last time this was asked.
  boolean takeHasNotices() {
    boolean had = hasNotices;
    hasNotices = false;
    return had;
  }

  private static Level level(Alert alert) {
    return switch (alert.words().severity()) {
      case INFO -> Level.INFO;
      case WARNING, CRITICAL -> Level.WARNING;
    };
  }
}
