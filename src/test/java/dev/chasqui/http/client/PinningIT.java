package dev.chasqui.http.client;

import static dev.chasqui.http.client.Senders.LONG;
import static dev.chasqui.http.client.Senders.LOOPBACK;
import static dev.chasqui.http.client.Senders.answer;
import static dev.chasqui.http.client.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A virtual thread that waits for an answer must leave its carrier to others.
class PinningIT {

  private static final int THREADS = 200;
  private static final int SENDS_PER_THREAD = 10;

  @Test
  void sendingPinsNoCarrier(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pinned.jfr");
    try (EventLoops loops = EventLoops.start(2);
        HttpListener receiver = receiver(loops);
        HttpSender sender = HttpSender.start(loops, LOOPBACK);
        Recording recording = new Recording()) {
      sendMany(sender, receiver.port());
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      int answered = sendMany(sender, receiver.port());
      Thread.ofVirtual().start(Pins::pin).join();
      recording.stop();
      recording.dump(file);

      assertThat(answered).isEqualTo(THREADS * SENDS_PER_THREAD);
    }
    assertThat(pinned(file, Pins.class.getName())).as("the recording sees pinning").isNotEmpty();
    assertThat(pinned(file, HttpSender.class.getPackageName() + ".")).isEmpty();
  }

  private static int sendMany(HttpSender sender, int port) {
    AtomicInteger answered = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        threads.execute(() -> sendSome(sender, port, answered));
      }
    }
    return answered.get();
  }

  private static void sendSome(HttpSender sender, int port, AtomicInteger answered) {
    try {
      for (int i = 0; i < SENDS_PER_THREAD; i++) {
        answer(sender.send(post("http://127.0.0.1:" + port + "/", "x", LONG)));
        answered.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The events under which a type runs whose name begins so.
  private static List<RecordedEvent> pinned(Path file, String prefix) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getStackTrace() != null)
        .filter(event -> event.getStackTrace().getFrames().stream().anyMatch(isOf(prefix)))
        .toList();
  }

  private static Predicate<RecordedFrame> isOf(String prefix) {
    String test = PinningIT.class.getName();
    return frame -> {
      String type = frame.getMethod().getType().getName();
      return type.startsWith(prefix) && (prefix.startsWith(test) || !type.startsWith(test));
    };
  }

  private static HttpListener receiver(EventLoops loops) {
    return HttpListener.start(
        loops,
        ServerSettings.on("127.0.0.1", 0),
        new Routes().onLoop("POST", "/", 100, (_, reply) -> reply.send(Response.empty(200))),
        ErrorTable.standard(),
        ServerEvents.NONE);
  }

  /// Parks in its initializer, where a virtual thread cannot leave its carrier.
  private static final class Pins {
    static {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    static void pin() {}
  }
}
