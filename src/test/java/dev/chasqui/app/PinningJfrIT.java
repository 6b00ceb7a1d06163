package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway on a real SQLite file: no virtual thread holds on to its carrier, neither while
/// it waits nor in the database's native code.
class PinningJfrIT {

  private static final String PINNED = "jdk.VirtualThreadPinned";
  private static final String STARTED = "jdk.VirtualThreadStart";
  private static final String TRACED = "jdk.MethodTrace";

  /// What enters SQLite's native code.
  private static final String STATEMENTS =
      "org.sqlite.jdbc3.JDBC3PreparedStatement::executeQuery;"
          + "org.sqlite.jdbc3.JDBC3PreparedStatement::executeUpdate";

  private static final List<String> READS =
      List.of(
          "/api/v1/events?limit=5",
          "/api/v1/events?wamid=wamid.7",
          "/api/v1/deliveries?state=delivered&limit=5",
          "/api/v1/deliveries/dead-letters",
          "/api/v1/endpoints",
          "/api/v1/messages/wamid.7",
          "/api/v1/contacts/15550002222",
          "/api/v1/alerts",
          "/api/v1/stats");

  @TempDir Path folder;

  @Test
  void noVirtualThreadKeepsItsCarrier() throws IOException, InterruptedException {
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder.resolve("data"));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
        Recording recording = new Recording()) {
      caller.callback(town.url());
      work(town, caller, 0, 50);
      recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
      recording.enable(STARTED);
      recording.enable(TRACED).withThreshold(Duration.ZERO).with("filter", STATEMENTS);
      recording.start();
      work(town, caller, 50, 200);
      Path file = folder.resolve("gateway.jfr");
      recording.dump(file);
      check(RecordingFile.readAllEvents(file));
    }
  }

  private static void work(Town town, Caller caller, int from, int to)
      throws IOException, InterruptedException {
    for (int i = from; i < to; i++) {
      assertThat(caller.webhook(Caller.message("wamid." + i, 5)).statusCode()).isEqualTo(200);
    }
    for (String read : READS) {
      assertThat(caller.admin("GET", read, "").statusCode()).as(read).isIn(200, 404);
    }
    town.await("all are delivered", got -> got.size() == to);
  }

  private static void check(List<RecordedEvent> events) {
    assertThat(named(events, STARTED)).isNotEmpty();
    assertThat(named(events, PINNED))
        .filteredOn(event -> event.toString().contains("dev.chasqui"))
        .isEmpty();
    Map<Boolean, List<String>> statements =
        named(events, TRACED).stream()
            .collect(
                Collectors.partitioningBy(
                    event -> event.getThread().isVirtual(),
                    Collectors.mapping(
                        event -> event.getThread().getJavaName() + " " + event.getStackTrace(),
                        Collectors.toList())));
    assertThat(statements.get(false)).anyMatch(it -> it.startsWith("store-read-views"));
    assertThat(statements.get(true)).isEmpty();
    assertThat(statements.get(false)).noneMatch(it -> it.contains("eventloop"));
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }
}
