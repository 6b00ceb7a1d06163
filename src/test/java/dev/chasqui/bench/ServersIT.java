package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.sql.PostgresFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gateways that are measured, on PostgreSQL.
class ServersIT {

  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path folder;

  @Test
  void eachGatewayHasASchemaOfItsOwnWhichIsDroppedInTheEnd() throws Exception {
    try (PostgresFixture database = new PostgresFixture()) {
      Servers servers = new Servers(folder, database.url(), Clock.systemUTC(), new Random(1));
      try (Servers.Gateway first = servers.gateway(new SentTimes());
          Servers.Gateway second = servers.gateway(new SentTimes())) {
        assertThat(database.schemas()).hasSize(3);
        takesLoad(first);
        takesLoad(second);
      }
      assertThat(database.schemas()).containsExactly("public");
    }
  }

  private static void takesLoad(Servers.Gateway gateway) throws IOException {
    var measured = gateway.rig().measure(new Load.Closed(SHORT), 4);
    assertThat(measured.result().acknowledged()).isPositive();
  }
}
