package dev.chasqui.store;

import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers over time: what was counted, by minute and by hour.
public interface SeriesStore {

  /// Adds counts to those of their minutes and hours, all in one transaction. Each key comes once.
  void add(Collection<Counted> counts);

  /// The points of a time, ordered by label, detail, and time. Buckets in which nothing happened
  /// are left out.
  List<Point> read(Query query);

  /// What is counted. The two labels of each are free texts.
  enum Name {
    /// Events that were stored and not rejected, by source and topic.
    EVENTS,
    /// The same by phone number id and topic; an event of several numbers counts for each.
    NUMBERS,
    /// Rejected webhooks, by source and reason.
    REJECTS,
    /// What became of deliveries, by endpoint id and result.
    DELIVERIES,
    /// Answers of receivers, by endpoint id and [bucket][dev.chasqui.model.AnswerTimes] of time.
    LATENCY
  }

  /// How much time one point is of.
  enum Step {
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(2)),
    HOUR(Duration.ofHours(1), Duration.ofDays(90));

    private final Duration length;
    private final Duration kept;

    Step(Duration length, Duration kept) {
      this.length = length;
      this.kept = kept;
    }

    public Duration length() {
      return length;
    }

    /// The age at which points go.
    public Duration kept() {
      return kept;
    }

    /// The beginning of the bucket that a time is in.
    public Instant floor(Instant time) {
      long second = time.getEpochSecond();
      return Instant.ofEpochSecond(second - Math.floorMod(second, length.toSeconds()));
    }

    /// The word in the API, ISO-8601.
    public String wire() {
      return length.toString();
    }
  }

  /// What a count is of.
  ///
  /// @param detail the second label
  record Key(Name name, WorkspaceId workspace, String label, String detail) {}

  /// How often something happened in a minute.
  ///
  /// @param minute when it begins
  record Counted(Key key, Instant minute, long amount) {}

  /// Which points are wanted.
  ///
  /// @param limit how many at most; the rest is left out
  record Query(
      Name name, WorkspaceId workspace, Step step, Span span, Grouping grouping, int limit) {}

  /// A time.
  ///
  /// @param until not in it any more
  record Span(Instant since, Instant until) {}

  /// What is added up.
  ///
  /// @param byLabel whether each label is told by itself
  /// @param byDetail whether each detail is told by itself
  /// @param only the one label that counts, null if all do
  record Grouping(boolean byLabel, boolean byDetail, @Nullable String only) {}

  /// The amount of one bucket.
  ///
  /// @param label empty if all are added up
  /// @param detail empty if all are added up
  /// @param bucket when it begins
  record Point(String label, String detail, Instant bucket, long amount) {}
}
