package dev.chasqui.sim;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a bridge tells its gateway: on-premises statuses and messages, with the header that marks
/// them and no other credential than the address.
final class BridgeEvents implements AutoCloseable {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "x-turn-fallback-channel", "1");
  private static final int CONNECTIONS = 4;

  private final Errands errands = new Errands("bridge-reports");
  private final Clock clock;
  private volatile @Nullable Platform receiver;

  BridgeEvents(Clock clock) {
    this.clock = clock;
  }

  synchronized void connect(URI url) {
    Platform former = receiver;
    receiver = new Platform(url, RetrySchedule.QUICK, clock, CONNECTIONS);
    if (former != null) {
      former.close();
    }
  }

  /// Tells the statuses of a message later, each so many times.
  void later(String id, List<String> statuses, int times) {
    for (String status : statuses) {
      for (int i = 0; i < times; i++) {
        errands.add(() -> tell(id, status));
      }
    }
  }

  Platform.Result status(String id, String status) throws InterruptedException {
    JsonWriter json = new JsonWriter(256).beginObject().name("statuses").beginArray();
    json.beginObject().member("id", id).name("recipient_id").text(null).member("status", status);
    json.member("timestamp", seconds()).endObject().endArray().endObject();
    return post(json.bytes());
  }

  Platform.Result inbound(String from, String text, String id) throws InterruptedException {
    JsonWriter json = new JsonWriter(512).beginObject().name("contacts").beginArray();
    json.beginObject().member("wa_id", from).endObject().endArray();
    json.name("messages").beginArray().beginObject().member("from", from).member("id", id);
    json.member("timestamp", seconds()).member("type", "text").name("text").beginObject();
    json.member("body", text).endObject().endObject().endArray().endObject();
    return post(json.bytes());
  }

  boolean settle(Duration limit) throws InterruptedException {
    return errands.settle(limit);
  }

  private void tell(String id, String status) {
    try {
      var _ = status(id, status);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Platform.Result post(Bytes body) throws InterruptedException {
    Platform to = receiver;
    return to == null
        ? new Platform.Result(0, "not connected", 0)
        : to.send(new SignedWebhook(body, HEADERS, SignedWebhook.Kind.GENUINE, List.of()));
  }

  private String seconds() {
    return Long.toString(clock.instant().getEpochSecond());
  }

  @Override
  public void close() {
    errands.close();
    Platform last = receiver;
    if (last != null) {
      last.close();
    }
  }
}
