package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.model.Tls;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A sender that answers what its script says, by host, and remembers what it was given.
final class ScriptedSender implements Sender {

  static final Duration TOOK = Duration.ofMillis(7);

  /// What a receiver does with a request.
  interface Receiver {
    SendResult answer(Outbound request) throws InterruptedException;
  }

  final List<Outbound> sent = new CopyOnWriteArrayList<>();
  final AtomicInteger inFlight = new AtomicInteger();
  final AtomicInteger mostInFlight = new AtomicInteger();
  private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();

  void on(String host, Receiver receiver) {
    receivers.put(host, receiver);
  }

  long countTo(String host) {
    return sent.stream().filter(request -> host.equals(request.url().getHost())).count();
  }

  static Receiver status(int status) {
    return _ -> answered(status, null);
  }

  static Receiver failure(Failure failure) {
    return _ -> new SendResult.Failed(failure, "as scripted", TOOK);
  }

  /// Answers nothing until the latch opens, then 200.
  static Receiver hanging(CountDownLatch latch) {
    return _ -> {
      latch.await();
      return answered(200, null);
    };
  }

  static SendResult answered(int status, @Nullable String retryAfter) {
    return new SendResult.Answered(status, retryAfter, Bytes.utf8("ok"), TOOK);
  }

  @Override
  public SendResult send(Outbound request) throws InterruptedException {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      sent.add(request);
      return receivers.getOrDefault(request.url().getHost(), status(200)).answer(request);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public Optional<String> objection(Tls tls) {
    return Optional.empty();
  }

  @Override
  public Optional<String> objection(URI url) {
    return Optional.empty();
  }
}
