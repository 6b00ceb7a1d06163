package dev.chasqui.sim;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// A bridge to short messages, as people run one behind a fallback channel: it takes signed
/// messages at one address, gives each an id, and tells later what became of it. It can be told to
/// misbehave. `GET` at the same address lists what it took. Safe for use by many threads.
public final class SmsBridge implements AutoCloseable {

  private static final int MAX_BODY = 8 << 20;
  private static final int MAX_TAKEN = 10_000;
  private static final Duration SLOW = Duration.ofMillis(1_500);
  private static final Duration HANG = Duration.ofMinutes(2);

  private final ReceiverSecret.Turn secret;
  private final RandomGenerator random;
  private final EventLoops loops = EventLoops.start(1);
  private final HttpListener listener;
  private final BridgeEvents events;
  private final List<Taken> taken = new ArrayList<>();
  private final AtomicInteger badlySigned = new AtomicInteger();
  private volatile Mood mood = Mood.WELL;
  private volatile List<String> reports = List.of();

  private SmsBridge(String secret, Clock clock, RandomGenerator random) {
    this.secret = new ReceiverSecret.Turn(secret);
    this.random = random;
    this.events = new BridgeEvents(clock);
    Routes routes =
        new Routes().blocking("POST", "/sms", MAX_BODY, this::take).get("/sms", _ -> list());
    this.listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  /// Starts on a free loopback port.
  ///
  /// @param secret what messages are signed with
  public static SmsBridge start(String secret, Clock clock, RandomGenerator random) {
    return new SmsBridge(secret, clock, random);
  }

  /// How the bridge behaves towards each message.
  public enum Mood {
    /// Takes every message.
    WELL,
    /// Takes it after 1.5 seconds.
    SLOW,
    /// Takes every message, and tells each report twice.
    REPEATING,
    /// Answers 202 but gives no id.
    WORDLESS,
    /// Answers 500 to every message.
    DOWN,
    /// Lets every sender wait until it gives up.
    HANGING
  }

  /// A message that it took.
  ///
  /// @param id what it answered
  /// @param body exactly as it came
  public record Taken(String id, Bytes body) {
    /// The recipient as the message names it; empty if it does not.
    public String to() {
      return Json.read(body).path("to").asString("");
    }
  }

  /// Where messages go.
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.port() + "/sms");
  }

  /// Where it tells what became of messages, and what people answered.
  ///
  /// @param receiver a gateway's `/api/whatsapp/{channel_uuid}`
  public void connect(URI receiver) {
    events.connect(receiver);
  }

  /// Changes how it behaves from the next request on.
  public void feel(Mood next) {
    mood = next;
  }

  /// The statuses that it tells of each message it takes from now on, in this order.
  public void report(String... statuses) {
    reports = List.of(statuses);
  }

  /// The messages it took, in order; the first ten thousand.
  public synchronized List<Taken> taken() {
    return List.copyOf(taken);
  }

  /// Requests whose signature was wrong or missing; they are answered 403.
  public int badlySigned() {
    return badlySigned.get();
  }

  /// Tells that somebody wrote back, and returns when the gateway has it or is given up.
  ///
  /// @param from digits
  /// @return what came of it
  public Platform.Result receive(String from, String text) throws InterruptedException {
    return events.inbound(from, text, newId());
  }

  /// Tells what became of a message, and returns when the gateway has it or is given up.
  public Platform.Result tell(String id, String status) throws InterruptedException {
    return events.status(id, status);
  }

  /// Waits until all reports so far are told.
  ///
  /// @return false if that takes longer than the limit
  public boolean settle(Duration limit) throws InterruptedException {
    return events.settle(limit);
  }

  private Response take(Request request) throws InterruptedException {
    if (!secret.hasSigned(request)) {
      badlySigned.incrementAndGet();
      return Response.text(403, "invalid signature");
    }
    if (!isMessage(request.body())) {
      return Response.text(400, "no message");
    }
    Mood now = mood;
    return switch (now) {
      case WELL, REPEATING -> taken(request.body(), now);
      case SLOW -> takenAfter(SLOW, request.body());
      case HANGING -> takenAfter(HANG, request.body());
      case WORDLESS -> Response.json(202, Bytes.utf8("{}"));
      case DOWN -> Response.text(500, "no signal");
    };
  }

  private static boolean isMessage(Bytes body) {
    try {
      JsonNode message = Json.read(body);
      return message.path("to").isString() && !message.path("to").asString().isEmpty();
    } catch (MalformedJsonException _) {
      return false;
    }
  }

  private Response takenAfter(Duration wait, Bytes body) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    return taken(body, Mood.WELL);
  }

  private Response taken(Bytes body, Mood now) {
    String id = newId();
    synchronized (this) {
      if (taken.size() < MAX_TAKEN) {
        taken.add(new Taken(id, body));
      }
    }
    events.later(id, reports, now == Mood.REPEATING ? 2 : 1);
    JsonWriter json = new JsonWriter(80).beginObject().name("messages").beginArray();
    json.beginObject().member("id", id).endObject().endArray().endObject();
    return Response.json(202, json.bytes());
  }

  private Response list() {
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Taken one : taken()) {
      json.beginObject().member("id", one.id()).name("message").raw(one.body()).endObject();
    }
    return Response.json(200, json.endArray().bytes());
  }

  private synchronized String newId() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
    events.close();
  }
}
