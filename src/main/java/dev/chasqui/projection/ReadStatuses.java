package dev.chasqui.projection;

import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tells whether it is known that a message was read whose status `delivered` comes in: then the
/// latter says nothing new (seed 002: it is implied), and an endpoint may do without it. What is
/// known are the keys of items seen before, those of the same event included.
final class ReadStatuses {

  private static final String DELIVERED = "delivered";

  /// The statuses by which a message was read.
  private static final List<String> PROOFS = List.of("read", "played");

  private ReadStatuses() {}

  /// The keys of which one is known if an item is a `delivered` of a message that was read; none
  /// for all other items.
  static List<ItemKey> proofs(WorkspaceId workspace, Notification item) {
    boolean isDelivered =
        item instanceof Notification.Status status && status.status().equals(DELIVERED);
    if (!isDelivered) {
      return List.of();
    }
    List<ItemKey> proofs = new ArrayList<>(PROOFS.size());
    for (String word : PROOFS) {
      ItemKeys.ofOtherStatus(workspace, (Notification.Status) item, word).ifPresent(proofs::add);
    }
    return proofs;
  }

  /// Whether an item is a `delivered` of a message that was read.
  static boolean isSuperseded(
      WorkspaceId workspace, Notification item, Map<ItemKey, EventId> known) {
    for (ItemKey proof : proofs(workspace, item)) {
      if (known.containsKey(proof)) {
        return true;
      }
    }
    return false;
  }
}
