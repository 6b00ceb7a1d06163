package dev.chasqui.http.client;

import dev.chasqui.http.EventLoops;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What calls go out through: a client on each event loop, used in turn, and before them the checks
/// of addresses and the bounds of hosts. Safe for use by many threads.
final class Outlets implements AutoCloseable {

  /// The most addresses of a name that are tried.
  private static final int MAX_ADDRESSES = 2;

  private final List<LoopClient> loops;
  private final Resolver resolver;
  private final Addresses addresses;
  private final HostGates gates;
  private final Certificates certificates;
  private final AtomicInteger turn = new AtomicInteger();

  /// @param resolver closed with this
  Outlets(EventLoops loops, ClientSettings settings, Resolver resolver) {
    this.certificates = new Certificates(loops.vertx(), settings);
    this.loops =
        loops.contexts().stream()
            .map(context -> new LoopClient(loops.vertx(), context, settings, certificates))
            .toList();
    this.resolver = resolver;
    this.addresses = new Addresses(resolver, new AddressGuard(settings.allowed()));
    this.gates = new HostGates(settings.perHost().inFlight(), settings.perHost().waiting());
  }

  /// Asks the name servers and remembers what they said.
  static Resolver resolver(EventLoops loops, ClientSettings.Names names) {
    EventLoop loop = ((ContextInternal) loops.contexts().getFirst()).nettyEventLoop();
    return new RememberingResolver(
        new DnsLookup(loop, names.servers()),
        RememberingResolver.Times.of(names.stale()),
        names.questions(),
        System::nanoTime);
  }

  Addresses addresses() {
    return addresses;
  }

  Certificates certificates() {
    return certificates;
  }

  HostGates gates() {
    return gates;
  }

  /// The client whose turn it is.
  LoopClient next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /// The addresses of a name that are tried, one after the other, until one accepts a connection.
  static List<InetAddress> tried(List<InetAddress> pinned) {
    return pinned.subList(0, Math.min(MAX_ADDRESSES, pinned.size()));
  }

  /// Ends what is under way.
  @Override
  public void close() {
    loops.forEach(loop -> EventLoops.await(loop.close()));
    resolver.close();
  }
}
