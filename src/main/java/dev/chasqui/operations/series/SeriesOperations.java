package dev.chasqui.operations.series;

import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.shape.Digits;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.store.SeriesStore;
import dev.chasqui.store.SeriesStore.Grouping;
import dev.chasqui.store.SeriesStore.Point;
import dev.chasqui.store.SeriesStore.Query;
import dev.chasqui.store.SeriesStore.Span;
import dev.chasqui.store.SeriesStore.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads numbers over time.
public final class SeriesOperations {

  /// How many series one answer has at most.
  static final int MAX_SERIES = 500;

  /// How many counts one answer is made of at most; of answer times each bucket of the histogram is
  /// one.
  static final int MAX_COUNTS = 20_000;

  /// How many points one series has at most: more than are kept of either step.
  static final int MAX_POINTS = 3_000;

  private static final int DEFAULT_POINTS = 60;

  private final SeriesStore series;
  private final Clock clock;

  public SeriesOperations(SeriesStore series, Clock clock) {
    this.series = series;
    this.clock = clock;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("series.get", Ask.class, "Tells numbers over time, by minute or by hour")
            .one(Answer.class, this::get));
  }

  /// Which numbers are wanted.
  record Ask(
      @Doc("What is counted.") Measure name,
      @Doc("The labels that get a series each; all are added up without it.") Set<By> by,
      @Doc("The time that one point is of; PT1M without it.") @Nullable Step step,
      @Doc("The beginning, rounded down to a whole step; 60 steps before the end without it.")
          @Nullable Instant since,
      @Doc("The end; now without it.") @Nullable Instant until,
      @Doc("The one endpoint that counts, of deliveries and latency.")
          @Nullable EndpointId endpointId,
      @Digits @Doc("The one phone number that counts, of events.") @Nullable String phoneNumberId) {

    Step stepOrDefault() {
      return step == null ? Step.MINUTE : step;
    }
  }

  /// The numbers.
  public record Answer(Step step, List<Line> series) {}

  /// One series.
  ///
  /// @param points ordered by time
  public record Line(
      @Doc("The labels that were asked for.") Map<String, String> labels,
      @Doc(
              "Each point is its beginning in epoch seconds and the count; of latency p50, p95 and"
                  + " p99 in milliseconds and the count. Steps in which nothing happened are left"
                  + " out.")
          List<List<Long>> points) {}

  private Answer get(Invocation call, Ask ask) {
    Kind kind = Kind.of(ask);
    Step step = ask.stepOrDefault();
    Grouping grouping = kind.grouping(ask.by());
    Query query =
        new Query(kind.name(), call.workspace(), step, span(ask), grouping, MAX_COUNTS + 1);
    List<Point> counts = series.read(query);
    if (counts.size() > MAX_COUNTS) {
      throw tooMuch("more than " + MAX_COUNTS + " counts");
    }
    List<Line> lines = kind.lines(counts, ask.by());
    if (lines.size() > MAX_SERIES) {
      throw tooMuch("more than " + MAX_SERIES + " series");
    }
    return new Answer(step, lines);
  }

  private static Refusal tooMuch(String what) {
    return Refusal.badQuery(
        "by",
        "gives "
            + what
            + "; ask for fewer labels, a shorter time, step PT1H, or one endpointId or"
            + " phoneNumberId");
  }

  private Span span(Ask ask) {
    Duration length = ask.stepOrDefault().length();
    Instant until = ask.until() == null ? clock.instant() : ask.until();
    Instant wanted =
        ask.since() == null ? until.minus(length.multipliedBy(DEFAULT_POINTS)) : ask.since();
    if (!wanted.isBefore(until)) {
      throw Refusal.badQuery("since", "must be before until, or before now without until");
    }
    Instant since = ask.stepOrDefault().floor(wanted);
    long points = Duration.between(since, until).dividedBy(length);
    if (points > MAX_POINTS) {
      throw Refusal.badQuery(
          "since",
          "gives %d points; take at most %d, a later since or step PT1H"
              .formatted(points, MAX_POINTS));
    }
    return new Span(since, until);
  }
}
