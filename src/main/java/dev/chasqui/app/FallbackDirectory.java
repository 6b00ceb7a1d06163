package dev.chasqui.app;

import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.TextRule;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.projection.FallbackRules;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.OneStep;
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

  private final OneStep changes = new OneStep();
  private final FallbackStore store;
  private final UnusableResources unusable;
  private final Clock clock;
  private final ConcurrentMap<Key, FallbackChannel> channels = new ConcurrentHashMap<>();

  /// Made anew with every change; the ingress reads it on each request.
  private volatile Map<String, FallbackChannel> byUuid = Map.of();

  /// Made anew with every change; the projection reads it for each event.
  private volatile Set<WorkspaceId> watched = Set.of();

  private record Key(WorkspaceId workspace, String phoneNumberId) {}

  /// Reads all there is.
  FallbackDirectory(FallbackStore store, UnusableResources unusable, Clock clock) {
    this.store = store;
    this.unusable = unusable;
    this.clock = clock;
    store.fallbackChannels().stream()
        .filter(this::isUsable)
        .forEach(it -> channels.put(key(it), it));
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
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    return changes.run(change);
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
    changes.run(
        () -> {
          store.putFallbackChannel(channel);
          unusable.mended(name(channel.phoneNumberId()));
          channels.put(key(channel), channel);
          index();
          return channel;
        });
  }

  @Override
  public boolean deleteFallbackChannel(WorkspaceId workspace, String phoneNumberId) {
    return changes.run(
        () -> {
          boolean existed = store.deleteFallbackChannel(workspace, phoneNumberId);
          unusable.mended(name(phoneNumberId));
          channels.remove(new Key(workspace, phoneNumberId));
          index();
          return existed;
        });
  }

  /// A channel that nothing can be signed for is left out.
  private boolean isUsable(FallbackChannel channel) {
    boolean isGood =
        channel.secrets().stream().allMatch(it -> TextRule.objection(it.value()).isEmpty());
    if (!isGood) {
      unusable.note(channel.workspace(), name(channel.phoneNumberId()), "a secret of it is blank");
    }
    return isGood;
  }

  private static String name(String phoneNumberId) {
    return "fallback channel of phone number " + phoneNumberId;
  }
}
