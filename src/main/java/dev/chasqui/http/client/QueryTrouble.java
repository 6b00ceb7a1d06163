package dev.chasqui.http.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolverException;
import io.netty.resolver.dns.DnsQueryLifecycleObserver;
import io.netty.resolver.dns.DnsQueryLifecycleObserverFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Remembers for a moment which questions to name servers went wrong: no answer, or one that says
/// that the server cannot say. Netty tells the cause of the last question only, and a name's IPv4
/// and IPv6 addresses are two questions.
final class QueryTrouble implements DnsQueryLifecycleObserverFactory {

  private static final Duration KEEP = Duration.ofMinutes(1);
  private static final int MAX_NAMES = 10_000;

  /// When each name's last trouble was, on the system's monotonic clock.
  private final Cache<String, Long> last =
      Caffeine.newBuilder().maximumSize(MAX_NAMES).expireAfterWrite(KEEP).build();

  /// Whether a question about the name, or about it in a search domain, went wrong since.
  boolean isKnownOf(String name, long sinceNanos) {
    String plain = plain(name);
    return last.asMap().entrySet().stream()
        .filter(it -> it.getKey().equals(plain) || it.getKey().startsWith(plain + '.'))
        .anyMatch(it -> it.getValue() - sinceNanos >= 0);
  }

  @Override
  public DnsQueryLifecycleObserver newDnsQueryLifecycleObserver(DnsQuestion question) {
    return new Observer(plain(question.name()));
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private final class Observer implements DnsQueryLifecycleObserver {

    private final String name;

    Observer(String name) {
      this.name = name;
    }

    @Override
    public void queryWritten(InetSocketAddress server, ChannelFuture future) {}

    @Override
    public void queryCancelled(int queriesRemaining) {}

    @Override
    public DnsQueryLifecycleObserver queryRedirected(List<InetSocketAddress> nameServers) {
      return this;
    }

    @Override
    public DnsQueryLifecycleObserver queryCNAMEd(DnsQuestion question) {
      return this;
    }

    @Override
    public DnsQueryLifecycleObserver queryNoAnswer(DnsResponseCode code) {
      if (!code.equals(DnsResponseCode.NXDOMAIN) && !code.equals(DnsResponseCode.NOERROR)) {
        last.put(name, System.nanoTime());
      }
      return this;
    }

    @Override
    public void queryFailed(Throwable cause) {
      if (cause instanceof DnsNameResolverException) {
        last.put(name, System.nanoTime());
      }
    }

    @Override
    public void querySucceed() {}
  }
}
