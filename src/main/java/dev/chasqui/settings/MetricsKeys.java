package dev.chasqui.settings;

import java.util.List;

/// The settings of the metrics.
public final class MetricsKeys {

  public static final Key<Integer> METRICS_ENDPOINTS =
      Key.of(
          "metrics.endpoints",
          Type.NUMBER,
          "500",
          "Endpoints with series of their own in the metrics; further ones are counted as"
              + " `other`.");
  public static final Key<Integer> METRICS_NUMBERS =
      Key.of(
          "metrics.numbers",
          Type.NUMBER,
          "500",
          "Phone numbers with series of their own in the metrics, by Meta's id.");

  static final List<Key<?>> ALL = List.of(METRICS_ENDPOINTS, METRICS_NUMBERS);

  private MetricsKeys() {}
}
