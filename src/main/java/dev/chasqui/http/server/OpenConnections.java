package dev.chasqui.http.server;

import dev.chasqui.http.AddressBlock;
import dev.chasqui.http.server.ServerSettings.Limits;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How many connections a listener has open, in all and by address. A trusted proxy stands for many
/// callers and is not bound by the share of one. Safe for use by all event loops.
final class OpenConnections {

  /// An address gives way to another one that has less than half as many.
  private static final int CROWD = 2;

  private final int max;
  private final int maxPerAddress;
  private final SourceAddress sources;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<AddressBlock, Integer> perAddress = new ConcurrentHashMap<>();

  OpenConnections(Limits limits, SourceAddress sources) {
    this.max = limits.connections();
    this.maxPerAddress = limits.shares().connectionsPerAddress();
    this.sources = sources;
  }

  /// Whether there is room for one more.
  enum Admission {
    ROOM,
    SHARE_IS_FULL,
    FULL
  }

  /// Counts a connection in, whatever the answer.
  Admission enter(InetAddress peer) {
    int total = all.incrementAndGet();
    int own = perAddress.merge(AddressBlock.of(peer), 1, Integer::sum);
    if (total > max) {
      return Admission.FULL;
    }
    return own > maxPerAddress && !sources.isTrusted(peer)
        ? Admission.SHARE_IS_FULL
        : Admission.ROOM;
  }

  void leave(InetAddress peer) {
    all.decrementAndGet();
    perAddress.computeIfPresent(AddressBlock.of(peer), (_, count) -> count == 1 ? null : count - 1);
  }

  int all() {
    return all.get();
  }

  boolean isFull() {
    return all.get() >= max;
  }

  /// The address with the most connections, null if it has not many more than the one that asks.
  @Nullable AddressBlock crowdBeside(InetAddress peer) {
    AddressBlock crowd = null;
    int most = CROWD * perAddress.getOrDefault(AddressBlock.of(peer), 0);
    for (Map.Entry<AddressBlock, Integer> entry : perAddress.entrySet()) {
      if (entry.getValue() > most && !sources.isTrusted(entry.getKey().first())) {
        crowd = entry.getKey();
        most = entry.getValue();
      }
    }
    return crowd;
  }
}
