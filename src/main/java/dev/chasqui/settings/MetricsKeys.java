package dev.chasqui.settings;

import java.util.List;

/// The settings of the metrics and of numbers over time.
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

  public static final Key<Integer> SERIES_LABELS =
      Key.of(
          "series.labels",
          Type.NUMBER,
          "4000",
          "Labels that are counted by themselves over time in one minute; the rest is `other`.");

  static final List<Key<?>> ALL = List.of(METRICS_ENDPOINTS, METRICS_NUMBERS, SERIES_LABELS);

  private MetricsKeys() {}
}
