package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.Housekeeping.Retention;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Counters on PostgreSQL, where each connection has its own.
class PostgresCountersIT extends CountersContract {

  PostgresCountersIT() {
    super(PostgresFixture::new);
  }

  /// With the store go its connections; what they counted is added up by the next housekeeping.
  @Test
  void whatConnectionsLeftIsAddedUp() {
    for (int i = 1; i <= 5; i++) {
      store
          .projection()
          .commit(
              Samples.batch(
                  i, List.of(Samples.event(i)), List.of(Samples.owed(i, Samples.ENDPOINT, null))));
      reopen();
    }
    store.housekeeping().step(everything(), Samples.at(10));
    assertThat(number("SELECT count(*) FROM event_counts WHERE backend <> 0")).isZero();
    assertThat(number("SELECT count(*) FROM delivery_counts WHERE backend <> 0")).isZero();
    assertThat(number("SELECT sum(events) FROM event_counts")).isEqualTo(5);
    assertThat(number("SELECT sum(deliveries) FROM delivery_counts")).isEqualTo(5);
  }

  private static Retention everything() {
    return new Retention(
        Samples.at(0),
        Samples.at(0),
        Samples.at(0),
        Samples.at(0),
        Samples.at(0),
        Samples.at(0),
        99);
  }
}
