package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Resources in the store that cannot be used: left out or switched off until they are set anew.
final class UnusableWatch implements Watch {

  private final Supplier<List<Unusable>> unusable;

  UnusableWatch(Supplier<List<Unusable>> unusable) {
    this.unusable = unusable;
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    Map<Finding.Topic, Finding> findings = new LinkedHashMap<>();
    for (Unusable it : unusable.get()) {
      Finding finding = finding(it);
      findings.putIfAbsent(finding.topic(), finding);
    }
    return List.copyOf(findings.values());
  }

  private static Finding finding(Unusable it) {
    String summary =
        it.resource() + " cannot be used: " + it.reason() + "; set it anew or delete it";
    return new Finding(
        it.workspace(),
        new Finding.Topic(Kind.RESOURCE_UNUSABLE, it.resource()),
        "unusable",
        new Alert.Words(Severity.CRITICAL, summary, Map.of("reason", it.reason())),
        Duration.ZERO);
  }
}
