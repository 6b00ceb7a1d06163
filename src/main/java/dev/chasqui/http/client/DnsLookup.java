package dev.chasqui.http.client;

import dev.chasqui.http.client.Resolver.Found;
import dev.chasqui.http.client.Resolver.NotFound;
import dev.chasqui.http.client.Resolver.Resolution;
import dev.chasqui.http.client.Resolver.TemporaryFailure;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the name servers, on an event loop: a server that is silent holds no thread. `/etc/hosts`
/// goes first; name servers, search domains and their options are those of `/etc/resolv.conf`.
/// Other sources that the system's own resolver may have (mDNS, LDAP) are not asked.
///
/// Each question has a port of its own, so that an answer is hard to forge.
final class DnsLookup implements Lookup {

  /// How long one name server may take for one question, and all of them for a name.
  private static final long QUERY_MILLIS = 2_000;

  private static final long NAME_MILLIS = 20_000;
  private static final TemporaryFailure SILENT =
      new TemporaryFailure("the name servers did not answer in time");

  private final DnsNameResolverBuilder builder;
  private final QueryTrouble trouble = new QueryTrouble();
  private @Nullable DnsNameResolver resolver;

  /// @param servers the name servers, empty for the system's
  DnsLookup(EventLoop loop, List<InetSocketAddress> servers) {
    this(builder(loop), servers);
  }

  DnsLookup(DnsNameResolverBuilder builder, List<InetSocketAddress> servers) {
    if (!servers.isEmpty()) {
      builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
    }
    this.builder = builder.dnsQueryLifecycleObserverFactory(trouble);
  }

  static DnsNameResolverBuilder builder(EventLoop loop) {
    boolean isNio = loop instanceof IoEventLoop io && io.isIoType(NioIoHandler.class);
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(loop)
            .queryTimeoutMillis(QUERY_MILLIS)
            .resolveCache(NoopDnsCache.INSTANCE)
            .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution);
    return isNio
        ? builder
            .datagramChannelFactory(NioDatagramChannel::new)
            .socketChannelFactory(NioSocketChannel::new)
        : builder
            .datagramChannelFactory(EpollDatagramChannel::new)
            .socketChannelFactory(EpollSocketChannel::new);
  }

  @Override
  public CompletableFuture<Resolution> ask(String name) {
    CompletableFuture<Resolution> answer = new CompletableFuture<>();
    long start = System.nanoTime();
    Future<List<InetAddress>> addresses = resolver().resolveAll(name);
    var _ = addresses.addListener(_ -> answer.complete(read(name, start, addresses)));
    return answer.completeOnTimeout(SILENT, NAME_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    if (resolver != null) {
      resolver.close();
    }
  }

  /// Made for the first name: a start need not wait for its classes.
  private synchronized DnsNameResolver resolver() {
    DnsNameResolver made = resolver;
    if (made == null) {
      made = builder.build();
      resolver = made;
    }
    return made;
  }

  /// That a name does not exist ends a delivery of some dialects at once, so it is said only if no
  /// question about it went wrong.
  private Resolution read(String name, long start, Future<List<InetAddress>> addresses) {
    if (addresses.isSuccess()) {
      List<InetAddress> found = addresses.getNow();
      return found.isEmpty() ? new NotFound() : new Found(found);
    }
    return trouble.isKnownOf(name, start) ? SILENT : new NotFound();
  }
}
