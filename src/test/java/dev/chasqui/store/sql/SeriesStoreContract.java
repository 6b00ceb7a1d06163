package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.Housekeeping.Retention;
import dev.chasqui.store.SeriesStore;
import dev.chasqui.store.SeriesStore.Counted;
import dev.chasqui.store.SeriesStore.Grouping;
import dev.chasqui.store.SeriesStore.Name;
import dev.chasqui.store.SeriesStore.Point;
import dev.chasqui.store.SeriesStore.Query;
import dev.chasqui.store.SeriesStore.Span;
import dev.chasqui.store.SeriesStore.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class SeriesStoreContract extends StoreContract {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Grouping EACH = new Grouping(true, true, null);

  SeriesStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void countsAddUpByMinuteAndByHourAndOutliveTheProcess() {
    store.series().add(List.of(event(0, "whatsapp", "messages", 2)));
    store
        .series()
        .add(
            List.of(
                event(0, "whatsapp", "messages", 3),
                event(1, "whatsapp", "messages", 4),
                event(60, "whatsapp", "messages", 5),
                event(1, "turn", "messages", 1)));
    reopen();
    assertThat(read(Step.MINUTE, EACH, 0, 120))
        .containsExactly(
            point("turn", "messages", 1, 1),
            point("whatsapp", "messages", 0, 5),
            point("whatsapp", "messages", 1, 4),
            point("whatsapp", "messages", 60, 5));
    assertThat(read(Step.HOUR, EACH, 0, 120))
        .containsExactly(
            point("turn", "messages", 0, 1),
            point("whatsapp", "messages", 0, 9),
            point("whatsapp", "messages", 60, 5));
  }

  @Test
  void labelsThatAreNotAskedForAreAddedUp() {
    store
        .series()
        .add(
            List.of(
                event(0, "a", "x", 1),
                event(0, "a", "y", 2),
                event(0, "b", "x", 4),
                event(1, "b", "y", 8)));
    assertThat(read(Step.MINUTE, new Grouping(false, false, null), 0, 9))
        .containsExactly(point("", "", 0, 7), point("", "", 1, 8));
    assertThat(read(Step.MINUTE, new Grouping(false, true, null), 0, 9))
        .containsExactly(point("", "x", 0, 5), point("", "y", 0, 2), point("", "y", 1, 8));
    assertThat(read(Step.MINUTE, new Grouping(true, false, "b"), 0, 9))
        .containsExactly(point("b", "", 0, 4), point("b", "", 1, 8));
  }

  @Test
  void aQueryKeepsToItsTimeItsNameItsWorkspaceAndItsLimit() {
    SeriesStore.Key other = new SeriesStore.Key(Name.EVENTS, new WorkspaceId("other"), "a", "x");
    SeriesStore.Key reject = new SeriesStore.Key(Name.REJECTS, WORKSPACE, "a", "x");
    store
        .series()
        .add(
            List.of(
                new Counted(other, minute(1), 16),
                new Counted(reject, minute(1), 32),
                event(0, "a", "x", 1),
                event(1, "a", "x", 2),
                event(2, "a", "x", 4),
                event(3, "a", "x", 8)));
    assertThat(read(Step.MINUTE, EACH, 1, 3))
        .containsExactly(point("a", "x", 1, 2), point("a", "x", 2, 4));
    Span all = new Span(minute(0), minute(9));
    Query two = new Query(Name.EVENTS, WORKSPACE, Step.MINUTE, all, EACH, 2);
    assertThat(store.series().read(two)).hasSize(2);
  }

  @Test
  void manyLabelsAreWrittenAtOnce() {
    List<Counted> counts = new ArrayList<>();
    for (int i = 0; i < 1_003; i++) {
      counts.add(event(0, "source-" + i, "messages", i + 1));
    }
    store.series().add(counts);
    store.series().add(counts);
    assertThat(read(Step.MINUTE, EACH, 0, 1)).hasSize(1_003);
    assertThat(read(Step.HOUR, new Grouping(false, false, null), 0, 1))
        .containsExactly(point("", "", 0, 1_003 * 1_004));
  }

  @Test
  void housekeepingDeletesMinutesAfterTwoDaysAndHoursAfterNinety() {
    store.series().add(List.of(event(0, "a", "x", 1), event(1, "a", "x", 2)));
    clean(minute(0).plus(Duration.ofDays(2)));
    assertThat(read(Step.MINUTE, EACH, 0, 9)).hasSize(2);
    clean(minute(1).plus(Duration.ofDays(2)));
    assertThat(read(Step.MINUTE, EACH, 0, 9)).containsExactly(point("a", "x", 1, 2));
    assertThat(read(Step.HOUR, EACH, 0, 9)).containsExactly(point("a", "x", 0, 3));
    clean(minute(60).plus(Duration.ofDays(90)));
    assertThat(read(Step.MINUTE, EACH, 0, 9)).isEmpty();
    assertThat(read(Step.HOUR, EACH, 0, 9)).isEmpty();
  }

  private void clean(Instant now) {
    Instant from = Instant.EPOCH;
    Retention retention = new Retention(from, from, from, from, from, from, 10);
    for (int i = 0; i < 100 && store.housekeeping().step(retention, now); i++) {}
  }

  private List<Point> read(Step step, Grouping grouping, int from, int until) {
    Span span = new Span(minute(from), minute(until));
    return store.series().read(new Query(Name.EVENTS, WORKSPACE, step, span, grouping, 10_000));
  }

  private static Counted event(int minute, String source, String topic, long amount) {
    return new Counted(
        new SeriesStore.Key(Name.EVENTS, WORKSPACE, source, topic), minute(minute), amount);
  }

  private static Point point(String label, String detail, int minute, long amount) {
    return new Point(label, detail, minute(minute), amount);
  }

  private static Instant minute(int number) {
    return NOON.plus(Duration.ofMinutes(number));
  }
}
