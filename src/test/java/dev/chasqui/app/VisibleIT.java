package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is seen by whoever asks next, though it is written late here.
class VisibleIT {

  private static final Map<String, String> SLOW_TO_WRITE =
      Map.of("projection.writeMaxDelay", "500ms");

  @TempDir private Path folder;

  @Test
  void anAcceptedEventIsInListsAndCountsAtOnce() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder, SLOW_TO_WRITE);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      String first = Caller.eventId(caller.webhook(Caller.message("wamid.1", 5)).body());
      assertThat(caller.get("/api/v1/stats")).contains("\"processed\":1").contains("\"message\":1");
      String second = Caller.eventId(caller.webhook(Caller.message("wamid.2", 5)).body());
      assertThat(caller.get("/api/v1/events")).contains(first, second);
      String third = Caller.eventId(caller.webhook(Caller.message("wamid.3", 5)).body());
      assertThat(caller.get("/api/v1/messages/wamid.3")).contains("\"state\":\"received\"");
      assertThat(caller.get("/api/v1/events/" + third)).contains("wamid.3");
    }
  }
}
