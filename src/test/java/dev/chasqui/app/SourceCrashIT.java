package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.dialect.exotel.ExotelCallbacks;
import dev.chasqui.dialect.turn.TurnWebhooks;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway in a process of its own, killed when it has acknowledged what Turn and Exotel sent and
/// delivered none of it.
class SourceCrashIT {

  private static final int CALLBACKS = 20;

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedToExotelAndTurnOutlivesKillDashNine() throws Exception {
    try (Town town = new Town()) {
      town.answer(503);
      Set<String> acknowledged = acknowledgedAndKilled(town);
      town.answer(200);
      try (ChildProcess gateway = ServedGateway.start(folder);
          Sources sources = sources(gateway)) {
        town.await("all are delivered", got -> ids(got).containsAll(acknowledged));
        for (Town.Got got : town.got()) {
          assertThat(got.body()).isEqualTo(sources.envelope(got.eventId()));
        }
        // The account outlives it too.
        assertThat(sources.exotel(ExotelCallbacks.failedA())).startsWith("evt_");
      }
    }
  }

  private Set<String> acknowledgedAndKilled(Town town) throws InterruptedException {
    Set<String> acknowledged = new HashSet<>();
    ChildProcess gateway = ServedGateway.start(folder);
    try (Sources sources = sources(gateway).known()) {
      sources.receiver("meta", town.url(), "");
      for (int i = 0; i < CALLBACKS; i++) {
        acknowledged.add(sources.exotel(ExotelCallbacks.statusA("held" + i)));
        acknowledged.add(sources.turn(TurnWebhooks.status("kept" + i)));
      }
    }
    gateway.kill();
    assertThat(acknowledged).hasSize(2 * CALLBACKS);
    return acknowledged;
  }

  private static Sources sources(ChildProcess gateway) {
    return new Sources(
        gateway.ready().publicUrl().toString(), gateway.ready().adminUrl().toString());
  }

  private static Set<String> ids(List<Town.Got> got) {
    return got.stream().map(Town.Got::eventId).collect(Collectors.toSet());
  }
}
