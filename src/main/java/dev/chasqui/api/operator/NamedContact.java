package dev.chasqui.api.operator;

import dev.chasqui.store.EventRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// The contact that one reader of the tail asks for, known by each of its ids as in the lists. New
/// ids become known while the tail is open, so they are looked up again, at most once a second.
/// Used by one thread.
final class NamedContact {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Supplier<List<String>> lookUp;
  private final Clock clock;
  private List<String> ids = List.of();
  private Instant lookedUpAt = Instant.MIN;

  /// @param lookUp all ids of the contact now
  NamedContact(Supplier<List<String>> lookUp, Clock clock) {
    this.lookUp = lookUp;
    this.clock = clock;
  }

  /// Brings the ids up to date, if they are older than a second.
  void refresh() {
    Instant now = clock.instant();
    if (lookedUpAt.isBefore(now.minus(AGAIN))) {
      ids = lookUp.get();
      lookedUpAt = now;
    }
  }

  boolean isIn(EventRow.Item item) {
    String id = item.waId();
    return id != null && ids.contains(id);
  }
}
