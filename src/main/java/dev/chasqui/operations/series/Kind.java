package dev.chasqui.operations.series;

import dev.chasqui.model.AnswerTimes;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.series.SeriesOperations.Ask;
import dev.chasqui.operations.series.SeriesOperations.Line;
import dev.chasqui.store.SeriesStore.Grouping;
import dev.chasqui.store.SeriesStore.Name;
import dev.chasqui.store.SeriesStore.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the store counts what is asked for.
///
/// @param label what the store's first label is
/// @param detail what its second label is, null if that is a bucket of answer times
/// @param only the one label that counts, null if all do
record Kind(Name name, By label, @Nullable By detail, @Nullable String only) {

  private static final double P50 = 0.50;
  private static final double P95 = 0.95;
  private static final double P99 = 0.99;

  /// @throws Refusal if it cannot be told by these labels
  static Kind of(Ask ask) {
    Measure measure = ask.name();
    if (!measure.hasAll(ask.by())) {
      throw Refusal.badQuery("by", measure.word() + " can be told by " + measure.labels());
    }
    String endpoint = ask.endpointId() == null ? null : ask.endpointId().toString();
    String number = ask.phoneNumberId();
    boolean isOfEndpoints = measure == Measure.DELIVERIES || measure == Measure.LATENCY;
    if (endpoint != null && !isOfEndpoints) {
      throw Refusal.badQuery("endpointId", "is only for deliveries and latency");
    }
    if (number != null && measure != Measure.EVENTS) {
      throw Refusal.badQuery("phoneNumberId", "is only for events");
    }
    return switch (measure) {
      case EVENTS -> events(ask.by(), number);
      case REJECTS -> new Kind(Name.REJECTS, By.SOURCE, By.REASON, null);
      case DELIVERIES -> new Kind(Name.DELIVERIES, By.ENDPOINT_ID, By.RESULT, endpoint);
      case LATENCY -> new Kind(Name.LATENCY, By.ENDPOINT_ID, null, endpoint);
    };
  }

  private static Kind events(Set<By> by, @Nullable String number) {
    boolean isByNumber = number != null || by.contains(By.PHONE_NUMBER_ID);
    if (isByNumber && by.contains(By.SOURCE)) {
      throw Refusal.badQuery(
          "by", "source and phoneNumberId are counted apart; ask for one of them");
    }
    return isByNumber
        ? new Kind(Name.NUMBERS, By.PHONE_NUMBER_ID, By.TOPIC, number)
        : new Kind(Name.EVENTS, By.SOURCE, By.TOPIC, null);
  }

  Grouping grouping(Set<By> by) {
    return new Grouping(by.contains(label), detail == null || by.contains(detail), only);
  }

  /// @param counts ordered by label, detail, and time
  List<Line> lines(List<Point> counts, Set<By> by) {
    return detail == null ? times(counts, by) : amounts(counts, by, detail);
  }

  private List<Line> amounts(List<Point> counts, Set<By> by, By second) {
    Map<Map<String, String>, List<List<Long>>> lines = new LinkedHashMap<>();
    for (Point point : counts) {
      Map<String, String> labels = labels(point, by);
      if (by.contains(second)) {
        labels.put(second.wire(), point.detail());
      }
      lines
          .computeIfAbsent(labels, _ -> new ArrayList<>())
          .add(List.of(point.bucket().getEpochSecond(), point.amount()));
    }
    return lines.entrySet().stream().map(it -> new Line(it.getKey(), it.getValue())).toList();
  }

  private List<Line> times(List<Point> counts, Set<By> by) {
    Map<Map<String, String>, TreeMap<Instant, AnswerTimes>> lines = new LinkedHashMap<>();
    for (Point point : counts) {
      lines
          .computeIfAbsent(labels(point, by), _ -> new TreeMap<>())
          .computeIfAbsent(point.bucket(), _ -> new AnswerTimes())
          .add(Integer.parseInt(point.detail()), point.amount());
    }
    List<Line> told = new ArrayList<>();
    lines.forEach(
        (labels, all) -> {
          List<List<Long>> points = new ArrayList<>();
          all.forEach((at, times) -> points.add(quantiles(at, times)));
          told.add(new Line(labels, points));
        });
    return told;
  }

  private static List<Long> quantiles(Instant at, AnswerTimes times) {
    return List.of(
        at.getEpochSecond(),
        times.quantile(P50),
        times.quantile(P95),
        times.quantile(P99),
        times.count());
  }

  private Map<String, String> labels(Point point, Set<By> by) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (by.contains(label)) {
      labels.put(label.wire(), point.label());
    }
    return labels;
  }
}
