package dev.chasqui.projection;

import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.dialect.meta.Scan;
import dev.chasqui.dialect.meta.Successions;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Skipped;
import dev.chasqui.model.Succession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An event taken apart.
///
/// @param position of its fact in the journal
/// @param keys of the items, in their order
/// @param successions ids of users that changed, by the item that tells of them
record Split(
    long position,
    Fact.Event fact,
    List<Notification> items,
    List<ItemKey> keys,
    List<Skipped> skipped,
    Map<ItemPath, List<Succession>> successions) {

  /// Takes an event apart that was accepted as an envelope.
  ///
  /// @throws IllegalArgumentException if its body is no envelope after all
  static Split of(Journal.Entry entry, Fact.Event fact, CanonicalBody bodies) {
    Scan scan = EnvelopeScanner.scan(bodies.of(fact));
    if (!(scan instanceof Envelope envelope)) {
      throw new IllegalArgumentException("the body is no envelope");
    }
    List<Notification> items = Notifications.of(envelope);
    ItemKeys keysOf = new ItemKeys(fact.origin().workspace(), envelope);
    List<ItemKey> keys = new ArrayList<>(items.size());
    for (Notification item : items) {
      keys.add(keysOf.of(item));
    }
    return new Split(
        entry.position(), fact, items, keys, envelope.skipped(), Successions.of(envelope, items));
  }

  /// Whether it is Meta's dashboard test: its items have the same ids at every click, and every
  /// click shall show.
  boolean isDashboardTest() {
    return fact.verdicts().summary().contents().dashboardTest();
  }
}
