package dev.chasqui.app;

import dev.chasqui.model.TokenId;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.Token;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens in memory, found by their hash. When each was used last is written every so often,
/// all at once; what a crash takes of it is a minute's worth.
final class HeldTokens {

  private final ResourceStore store;

  /// Used since it was last written; as many as there are tokens at most.
  private final Map<TokenId, Instant> unsaved = new ConcurrentHashMap<>();

  private volatile Map<String, Token> byHash = Map.of();

  HeldTokens(ResourceStore store) {
    this.store = store;
    read();
  }

  /// Reads them anew; to be called with the lock of changes.
  void read() {
    Map<String, Token> read = new HashMap<>();
    store.tokens().forEach(it -> read.put(it.hash(), it));
    byHash = Map.copyOf(read);
    unsaved.keySet().removeIf(id -> read.values().stream().noneMatch(it -> it.id().equals(id)));
  }

  Optional<Token> find(String hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  List<Token> all() {
    return byHash.values().stream()
        .map(it -> it.lastUsed(unsaved.get(it.id())))
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .toList();
  }

  void used(Map<TokenId, Instant> lastUse) {
    unsaved.putAll(lastUse);
  }

  /// Writes what was used.
  void write() {
    Map<TokenId, Instant> used = Map.copyOf(unsaved);
    if (!used.isEmpty()) {
      store.tokensUsed(used);
      read();
      used.forEach(unsaved::remove);
    }
  }
}
