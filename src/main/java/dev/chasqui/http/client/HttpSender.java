package dev.chasqui.http.client;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.HostGates.Gate;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.model.Tls;
import dev.chasqui.outbound.Sender;
import io.vertx.core.net.ClientSSLOptions;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends requests over HTTP/1.1, on the event loops. Safe for use by many threads.
///
/// A receiver's address is resolved, checked and pinned ([Addresses]); requests to one host are
/// bounded ([HostGates]); the rest happens on one loop ([Attempt]). An answer's body is read up to
/// 16 KiB and the rest is cut off: its status has said what there is to know.
public final class HttpSender implements Sender, AutoCloseable {

  private static final Duration OBJECTION_LIMIT = Duration.ofSeconds(5);

  private final Outlets outlets;
  private final Targets targets = new Targets();
  private volatile boolean closed;

  /// A sender that resolves names by a resolver, which it closes with itself.
  public HttpSender(EventLoops loops, ClientSettings settings, Resolver resolver) {
    this.outlets = new Outlets(loops, settings, resolver);
  }

  /// A sender that asks the name servers.
  public static HttpSender start(EventLoops loops, ClientSettings settings) {
    return new HttpSender(loops, settings, Outlets.resolver(loops, settings.names()));
  }

  /// @throws IllegalArgumentException if a header's name or value cannot stand in HTTP
  @Override
  public SendResult send(Outbound request) throws InterruptedException {
    long start = System.nanoTime();
    HeaderFields.check(request.headers());
    return switch (targets.of(request.url())) {
      case Target.Bad bad ->
          new SendResult.Failed(Failure.ADDRESS_REFUSED, bad.why(), OutboundCall.took(start));
      case Target.Url url -> withCertificates(request, url, start);
    };
  }

  private SendResult withCertificates(Outbound request, Target.Url url, long start)
      throws InterruptedException {
    ClientSSLOptions tls;
    try {
      tls = outlets.certificates().of(request.tls());
    } catch (IllegalArgumentException e) {
      return new SendResult.Failed(
          Failure.TLS_FAILED, "its certificates cannot be read", OutboundCall.took(start));
    }
    return send(new OutboundCall(request, url, tls, start));
  }

  @Override
  public Optional<String> objection(Tls tls) {
    return outlets.certificates().objection(tls);
  }

  @Override
  public Optional<String> objection(URI url) throws InterruptedException {
    return switch (Target.parse(url)) {
      case Target.Bad bad -> Optional.of(bad.why());
      case Target.Url target -> objection(target);
    };
  }

  /// Fails what is under way and refuses more.
  @Override
  public void close() {
    closed = true;
    outlets.close();
  }

  private Optional<String> objection(Target.Url target) throws InterruptedException {
    return switch (outlets.addresses().find(target, OBJECTION_LIMIT)) {
      case Addresses.Checked _ -> Optional.empty();
      case Addresses.Refused(Failure failure, String why) ->
          failure == Failure.ADDRESS_REFUSED ? Optional.of("the URL " + why) : Optional.empty();
    };
  }

  private SendResult send(OutboundCall call) throws InterruptedException {
    if (closed) {
      return call.failed(Failure.CLOSED, SendFailures.words(Failure.CLOSED, null));
    }
    return switch (outlets.addresses().find(call.url(), Duration.ofNanos(call.remainingNanos()))) {
      case Addresses.Checked checked -> passGate(call, checked.addresses());
      case Addresses.Refused _ when call.remainingNanos() <= 0 -> unresolved(call);
      case Addresses.Refused(Failure failure, String why) -> call.failed(failure, why);
    };
  }

  private SendResult passGate(OutboundCall call, List<InetAddress> pinned)
      throws InterruptedException {
    Gate gate = outlets.gates().join(call.url().hostAndPort());
    if (gate == null) {
      return call.failed(Failure.HOST_BUSY, SendFailures.words(Failure.HOST_BUSY, null));
    }
    try {
      if (!gate.enter(call.remainingNanos())) {
        return neverBegun(call);
      }
      try {
        return tryEach(call, pinned);
      } finally {
        gate.exit();
      }
    } finally {
      outlets.gates().leave(gate);
    }
  }

  /// The result where no place at the receiver's host came free in time. If the request must not be
  /// sent twice, the failure says that nothing was sent.
  private static SendResult neverBegun(OutboundCall call) {
    return call.request().repeats() == Sender.Repeats.NEVER
        ? call.failed(Failure.HOST_BUSY, SendFailures.words(Failure.HOST_BUSY, null))
        : call.timedOut();
  }

  private static SendResult unresolved(OutboundCall call) {
    return call.request().repeats() == Sender.Repeats.NEVER
        ? call.failed(Failure.RESOLVER_DOWN, "no address within the deadline")
        : call.timedOut();
  }

  /// If an address refuses the connection, nothing was sent, and the next address of the name may
  /// be tried.
  private SendResult tryEach(OutboundCall call, List<InetAddress> pinned)
      throws InterruptedException {
    SendResult result = call.timedOut();
    for (InetAddress address : Outlets.tried(pinned)) {
      result = attempt(call, address);
      if (!isUnreached(result)) {
        return result;
      }
    }
    return result;
  }

  private SendResult attempt(OutboundCall call, InetAddress address) throws InterruptedException {
    LoopClient loop = outlets.next();
    Mailbox mailbox = new Mailbox();
    Attempt attempt = new Attempt(loop, call, address, mailbox);
    loop.execute(attempt::start);
    try {
      SendResult result = mailbox.take();
      // What our own closing broke off says nothing about the receiver.
      return closed && result instanceof SendResult.Failed
          ? call.failed(Failure.CLOSED, SendFailures.words(Failure.CLOSED, null))
          : result;
    } catch (InterruptedException e) {
      attempt.giveUp();
      throw e;
    }
  }

  private static boolean isUnreached(@Nullable SendResult result) {
    return result instanceof SendResult.Failed failed && failed.failure() == Failure.CONNECT_FAILED;
  }
}
