package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews.Filter;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.Store;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sqlite.ProgressHandler;

/// What it costs to list a workspace with few deliveries among very many of others. SQLite counts
/// the steps of its machine, of which each row that is looked at takes several.
class SqliteQuietListIT {

  private static final int OTHERS = 20_000;
  private static final int STEPS_PER_CALL = 100;
  private static final WorkspaceId QUIET = new WorkspaceId("quiet");
  private static final EndpointId OF_QUIET = Samples.endpointId(9);

  @Test
  void doesNotLookAtTheDeliveriesOfOthers() throws SQLException {
    try (SqliteFixture fixture = new SqliteFixture()) {
      fill(fixture);
      try (SqliteFile file = SqliteFile.take(fixture.file(), Duration.ofSeconds(1));
          Session session = file.openForReading()) {
        AtomicLong steps = new AtomicLong();
        ProgressHandler.setHandler(session.connection(), STEPS_PER_CALL, counting(steps));
        DeliveryScan scan = new DeliveryScan(session, QUIET, Filter.ANY);
        assertThat(scan.page(highest(), 10).data()).hasSize(1);
        assertThat(steps.get()).isLessThan(OTHERS);
      }
    }
  }

  private static ProgressHandler counting(AtomicLong steps) {
    return new ProgressHandler() {
      @Override
      protected int progress() {
        steps.addAndGet(STEPS_PER_CALL);
        return 0;
      }
    };
  }

  private static byte[] highest() {
    byte[] id = new byte[Ulid.BYTES];
    Arrays.fill(id, (byte) 0xff);
    return id;
  }

  /// The quiet one's delivery is the oldest.
  private static void fill(SqliteFixture fixture) {
    try (Store store = fixture.open(Clock.fixed(Samples.START, ZoneOffset.UTC))) {
      store.resources().putEndpoint(Samples.endpoint(1));
      store.resources().putEndpoint(Samples.of(QUIET, Samples.endpoint(9)));
      List<Owed> owed = new ArrayList<>();
      owed.add(Samples.owed(1, OF_QUIET, null));
      for (int i = 2; i <= OTHERS; i++) {
        owed.add(Samples.owed(i, Samples.ENDPOINT, null));
      }
      store
          .projection()
          .commit(Samples.batch(1, List.of(Samples.of(QUIET, Samples.event(1))), owed));
    }
  }
}
