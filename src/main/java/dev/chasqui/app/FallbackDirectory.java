package dev.chasqui.app;

import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.projection.FallbackRules;
import dev.chasqui.store.FallbackStore;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The fallback channels, held in memory over the store: a change is written to the store first and
/// seen here at once. They are found by phone number, for messages and counts, and by uuid, for
/// what a bridge posts.
final class FallbackDirectory implements FallbackStore, FallbackRules {

  private final FallbackStore store;
  private final Clock clock;
  private final ConcurrentMap<Key, FallbackChannel> channels = new ConcurrentHashMap<>();

  /// Made anew with every change; a door reads it on each request.
  private volatile Map<String, FallbackChannel> byUuid = Map.of();

  /// Made anew with every change; the projection reads it for each event.
  private volatile Set<WorkspaceId> watched = Set.of();

  private record Key(WorkspaceId workspace, String phoneNumberId) {}

  /// Reads all there is.
  FallbackDirectory(FallbackStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    store.fallbackChannels().forEach(it -> channels.put(key(it), it));
    index();
  }

  private static Key key(FallbackChannel channel) {
    return new Key(channel.workspace(), channel.phoneNumberId());
  }

  private synchronized void index() {
    Map<String, FallbackChannel> index = new HashMap<>();
    for (FallbackChannel channel : channels.values()) {
      channel.uuids().forEach(it -> index.put(it.value(), channel));
    }
    byUuid = Map.copyOf(index);
    watched =
        channels.values().stream()
            .map(FallbackChannel::workspace)
            .collect(Collectors.toUnmodifiableSet());
  }

  /// The channel that a uuid names now, null if there is none. A hash look-up tells nothing of use
  /// by the time it takes: uuids are random, and one guess is no nearer than another.
  @Nullable FallbackChannel ofUuid(String uuid) {
    FallbackChannel channel = byUuid.get(uuid);
    return channel != null && names(channel, uuid) ? channel : null;
  }

  private boolean names(FallbackChannel channel, String uuid) {
    for (Credential known : channel.uuids()) {
      if (known.value().equals(uuid)) {
        return known.isActive(clock.instant());
      }
    }
    return false;
  }

  @Override
  public boolean isWatched(WorkspaceId workspace) {
    return watched.contains(workspace);
  }

  @Override
  public int errorThreshold(WorkspaceId workspace, String phoneNumberId) {
    FallbackChannel channel = channels.get(new Key(workspace, phoneNumberId));
    return channel == null ? 0 : channel.errorThreshold();
  }

  @Override
  public List<FallbackChannel> fallbackChannels() {
    return channels.values().stream()
        .sorted(
            Comparator.comparing((FallbackChannel it) -> it.workspace().value())
                .thenComparing(FallbackChannel::phoneNumberId))
        .toList();
  }

  @Override
  public Optional<FallbackChannel> fallbackChannel(WorkspaceId workspace, String phoneNumberId) {
    return Optional.ofNullable(channels.get(new Key(workspace, phoneNumberId)));
  }

  @Override
  public void putFallbackChannel(FallbackChannel channel) {
    store.putFallbackChannel(channel);
    channels.put(key(channel), channel);
    index();
  }

  @Override
  public boolean deleteFallbackChannel(WorkspaceId workspace, String phoneNumberId) {
    boolean existed = store.deleteFallbackChannel(workspace, phoneNumberId);
    channels.remove(new Key(workspace, phoneNumberId));
    index();
    return existed;
  }
}
