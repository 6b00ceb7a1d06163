package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.Store;
import dev.chasqui.store.StoreException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresFaultsIT {

  private final Clock clock = Clock.fixed(Samples.START, ZoneOffset.UTC);

  @Test
  void theStoreGoesOnAfterItsConnectionsWereCut() {
    try (PostgresFixture fixture = new PostgresFixture();
        Store store = fixture.open(clock)) {
      store.projection().commit(Samples.batch(1, List.of(Samples.event(1)), List.of()));
      fixture.cutConnections();
      int tries = 0;
      while (!commits(store)) {
        assertThat(++tries).isLessThan(20);
      }
      assertThat(store.projection().cursor(0)).isEqualTo(2);
      assertThat(store.isWritable()).isTrue();
    }
  }

  private static boolean commits(Store store) {
    try {
      store.projection().commit(Samples.batch(2, List.of(Samples.event(2)), List.of()));
      return true;
    } catch (StoreException e) {
      assertThat(e.isTemporary()).isTrue();
      return false;
    }
  }
}
