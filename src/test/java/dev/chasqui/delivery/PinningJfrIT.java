package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.Cidr;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A delivery's thread never holds on to its carrier while it waits.
class PinningJfrIT {

  private static final String PINNED = "jdk.VirtualThreadPinned";
  private static final String STARTED = "jdk.VirtualThreadStart";

  @TempDir Path folder;

  @Test
  void noDeliveryPinsItsCarrier() throws IOException {
    try (EventLoops loops = EventLoops.start(1);
        HttpSender sender = HttpSender.start(loops, loopback());
        Rig rig = new Rig(sender).start();
        HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200));
        Recording recording = new Recording()) {
      deliver(rig, receiver, 50);
      recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
      recording.enable(STARTED);
      recording.start();
      deliver(rig, receiver, 300);
      Path file = folder.resolve("deliveries.jfr");
      recording.dump(file);
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      assertThat(named(events, STARTED)).isNotEmpty();
      assertThat(named(events, PINNED))
          .filteredOn(event -> event.toString().contains("dev.chasqui"))
          .isEmpty();
    }
  }

  private static ClientSettings loopback() {
    return ClientSettings.DEFAULT.allowing(List.of(Cidr.parse("127.0.0.1/32")));
  }

  private static void deliver(Rig rig, HttpReceiver receiver, int count) {
    EndpointId endpoint = rig.endpoint(receiver.url(), Policies.of(), Map.of());
    long before = rig.store.count(DeliveryState.DELIVERED);
    for (int i = 0; i < count; i++) {
      rig.owe(endpoint);
    }
    Conditions.until(
        "all are delivered", () -> rig.store.count(DeliveryState.DELIVERED) == before + count);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }
}
