package dev.chasqui.operations.series;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What is counted over time, and the labels that it can be told by.
enum Measure {
  EVENTS(By.SOURCE, By.TOPIC, By.PHONE_NUMBER_ID),
  DELIVERIES(By.ENDPOINT_ID, By.RESULT),
  LATENCY(By.ENDPOINT_ID),
  REJECTS(By.SOURCE, By.REASON);

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that cannot be changed
  private final List<By> labels;

  Measure(By... labels) {
    this.labels = List.of(labels);
  }

  /// The word in the API.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean hasAll(Set<By> by) {
    return labels.containsAll(by);
  }

  /// The words of its labels, for people.
  String labels() {
    return String.join(", ", labels.stream().map(By::wire).toList());
  }
}
