package dev.chasqui.http.client;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.HostGates.Gate;
import dev.chasqui.model.SendResult.Failure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Makes calls that carry bodies of any size up and down without holding them in memory. Addresses
/// are resolved, checked and pinned as [HttpSender] does it, requests to one host are bounded, and
/// no redirect is followed; it has connections of its own, so that what is sent there is never
/// behind a long download. Blocking; safe for use by many threads.
public final class HttpStreams implements AutoCloseable {

  private final Outlets outlets;

  /// Streams that resolve names by a resolver, which they close with themselves.
  public HttpStreams(EventLoops loops, ClientSettings settings, Resolver resolver) {
    this.outlets = new Outlets(loops, settings, resolver);
  }

  /// Streams that ask the name servers.
  public static HttpStreams start(EventLoops loops, ClientSettings settings) {
    return new HttpStreams(loops, settings, Outlets.resolver(loops, settings.names()));
  }

  /// Sends a request and waits for the head of its answer. If the receiver answers before it has
  /// all of the body, the rest is not sent.
  ///
  /// @throws IllegalArgumentException if a header's name or value cannot stand in HTTP
  /// @throws dev.chasqui.http.BrokenStreamException if the body to send broke; the request is reset
  public StreamResult exchange(StreamCall call) throws InterruptedException {
    long start = System.nanoTime();
    HeaderFields.check(call.headers());
    return switch (Target.parse(call.url())) {
      case Target.Bad bad -> new StreamResult.Failed(Failure.ADDRESS_REFUSED, bad.why());
      case Target.Url url -> resolve(call, url, start);
    };
  }

  /// Ends what is under way.
  @Override
  public void close() {
    outlets.close();
  }

  private StreamResult resolve(StreamCall call, Target.Url url, long start)
      throws InterruptedException {
    return switch (outlets.addresses().find(url, Duration.ofNanos(left(call, start)))) {
      case Addresses.Refused(Failure failure, String why) -> new StreamResult.Failed(failure, why);
      case Addresses.Checked(List<InetAddress> pinned) -> passGate(call, url, pinned, start);
    };
  }

  private static long left(StreamCall call, long start) {
    long left = call.bounds().deadline().toNanos() - (System.nanoTime() - start);
    return Math.max(left, TimeUnit.MILLISECONDS.toNanos(1));
  }

  private StreamResult passGate(
      StreamCall call, Target.Url url, List<InetAddress> pinned, long start)
      throws InterruptedException {
    Gate gate = outlets.gates().join(url.hostAndPort());
    if (gate == null) {
      return new StreamResult.Failed(
          Failure.HOST_BUSY, SendFailures.words(Failure.HOST_BUSY, null));
    }
    Place place = new Place(gate);
    try {
      if (!place.enter(left(call, start))) {
        return new StreamResult.Failed(Failure.TIMEOUT, SendFailures.words(Failure.TIMEOUT, null));
      }
      return tryEach(call, url, pinned, start, place);
    } finally {
      place.leaveUnlessHanded();
    }
  }

  /// If an address refuses the connection, nothing was sent, and the next address of the name may
  /// be tried.
  private StreamResult tryEach(
      StreamCall call, Target.Url url, List<InetAddress> pinned, long start, Place place)
      throws InterruptedException {
    StreamResult result = new StreamResult.Failed(Failure.CONNECT_FAILED, "no address");
    for (InetAddress address : Outlets.tried(pinned)) {
      LoopClient loop = outlets.next();
      result = attempt(new StreamAttempt(loop, call, options(call, url, address), start), place);
      boolean isUnreached =
          result instanceof StreamResult.Failed failed
              && failed.failure() == Failure.CONNECT_FAILED;
      if (!isUnreached) {
        return result;
      }
    }
    return result;
  }

  private static StreamResult attempt(StreamAttempt attempt, Place place)
      throws InterruptedException {
    boolean isAnswered = false;
    try {
      attempt.exchange();
      isAnswered = true;
      return new StreamResult.Answered(new StreamAnswer(attempt, place.hand()));
    } catch (StreamAttempt.NoAnswer none) {
      return new StreamResult.Failed(none.failure, String.valueOf(none.getMessage()));
    } finally {
      if (!isAnswered) {
        attempt.close();
      }
    }
  }

  private static RequestOptions options(StreamCall call, Target.Url url, InetAddress address) {
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(call.method()))
        .setServer(Target.socket(address, url.port()))
        .setHost(url.authority())
        .setPort(url.port())
        .setSsl(url.tls())
        .setURI(url.path())
        .setFollowRedirects(false);
  }

  /// A place at a host, which goes over to the answer if there is one.
  private final class Place {

    private final Gate gate;
    private boolean isEntered;
    private boolean isHanded;

    Place(Gate gate) {
      this.gate = gate;
    }

    boolean enter(long nanos) throws InterruptedException {
      isEntered = gate.enter(nanos);
      return isEntered;
    }

    /// @return what leaves it later
    Runnable hand() {
      isHanded = true;
      return this::leave;
    }

    void leaveUnlessHanded() {
      if (!isHanded) {
        leave();
      }
    }

    private void leave() {
      if (isEntered) {
        gate.exit();
      }
      outlets.gates().leave(gate);
    }
  }
}
