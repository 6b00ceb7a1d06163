package dev.chasqui.api.turn;

import dev.chasqui.store.ConversationClaims;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Claims in memory.
final class MemoryClaims implements ConversationClaims {

  private final Map<Conversation, Instant> held = new ConcurrentHashMap<>();

  @Override
  public void hold(Conversation conversation, Instant until) {
    held.put(conversation, until);
  }

  @Override
  public void release(Conversation conversation) {
    held.remove(conversation);
  }

  @Override
  public Optional<Instant> heldUntil(Conversation conversation, Instant now) {
    return Optional.ofNullable(held.get(conversation)).filter(it -> it.isAfter(now));
  }
}
