package dev.chasqui.sim;

import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that wants webhooks: it checks signatures, knows repeats by their delivery id, and can
/// be told to misbehave. Safe for use by many threads.
public final class SampleReceiver {

  private static final Duration SLOW = Duration.ofMillis(1_500);
  private static final Duration HANG = Duration.ofSeconds(40);

  private static final int MAX_OBJECTIONS = 100;
  private static final int MAX_BODIES = 1_000;

  private final String name;
  private final ReceiverSecret secret;
  private final ReceiverShape shape;
  private final String verifyToken;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger badlySigned = new AtomicInteger();
  private final Queue<String> objections = new ConcurrentLinkedQueue<>();
  private final Queue<Bytes> bodies = new ArrayBlockingQueue<>(MAX_BODIES);
  private volatile Mood mood = Mood.WELL;

  /// @param name its path below the receivers' address
  /// @param verifyToken what it expects in a handshake
  public SampleReceiver(String name, ReceiverSecret secret, String verifyToken) {
    this(name, secret, verifyToken, ReceiverShape.ANY);
  }

  /// @param shape what a delivery must look like to be taken
  public SampleReceiver(
      String name, ReceiverSecret secret, String verifyToken, ReceiverShape shape) {
    this.name = name;
    this.secret = secret;
    this.shape = shape;
    this.verifyToken = verifyToken;
  }

  /// How the receiver behaves towards each delivery.
  public enum Mood {
    /// Takes everything.
    WELL,
    /// Answers 500 to the first attempt of each delivery.
    STUMBLING,
    /// Answers 500 to everything.
    DOWN,
    /// Takes everything after 1.5 seconds.
    SLOW,
    /// Lets every sender wait until it gives up.
    HANGING
  }

  public String name() {
    return name;
  }

  /// Changes how it behaves from the next request on.
  public void feel(Mood mood) {
    this.mood = mood;
  }

  /// Distinct deliveries that were taken.
  public int taken() {
    return taken.size();
  }

  /// Deliveries that came again after they had been taken.
  public int repeats() {
    return repeats.get();
  }

  /// Requests that were answered 500.
  public int refused() {
    return refused.get();
  }

  /// Requests whose signature was wrong or missing; they are answered 401.
  public int badlySigned() {
    return badlySigned.get();
  }

  /// What was wrong with deliveries that were answered 400, one line each, the first hundred; no
  /// values.
  public List<String> objections() {
    return List.copyOf(objections);
  }

  /// What well-signed requests said, repeats included, in the order in which they came; the first
  /// thousand.
  public List<Bytes> bodies() {
    return List.copyOf(bodies);
  }

  /// Answers a handshake.
  Response shakeHands(Request request) {
    String challenge = request.query().first("hub.challenge");
    boolean isKnown = verifyToken.equals(request.query().first("hub.verify_token"));
    return isKnown && challenge != null
        ? Response.text(200, challenge)
        : Response.text(403, "unknown token");
  }

  /// Answers a delivery.
  Response take(Request request) throws InterruptedException {
    if (!secret.hasSigned(request)) {
      badlySigned.incrementAndGet();
      return Response.empty(401);
    }
    var _ = bodies.offer(request.body());
    List<String> wrong = shape.objections(request);
    if (!wrong.isEmpty()) {
      object(wrong);
      return Response.empty(400);
    }
    String delivery = request.headers().first("Chasqui-Delivery-Id");
    String id = delivery == null ? "" : delivery;
    boolean isFirst = seen.add(id);
    return switch (mood) {
      case WELL -> taken(id);
      case STUMBLING -> isFirst ? refuse() : taken(id);
      case DOWN -> refuse();
      case SLOW -> takenAfter(SLOW, id);
      case HANGING -> takenAfter(HANG, id);
    };
  }

  private void object(List<String> wrong) {
    if (objections.size() < MAX_OBJECTIONS) {
      objections.add(String.join("; ", wrong));
    }
  }

  private Response takenAfter(Duration wait, String id) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    return taken(id);
  }

  private Response taken(String id) {
    if (!taken.add(id)) {
      repeats.incrementAndGet();
    }
    return Response.empty(200);
  }

  private Response refuse() {
    refused.incrementAndGet();
    return Response.empty(500);
  }
}
