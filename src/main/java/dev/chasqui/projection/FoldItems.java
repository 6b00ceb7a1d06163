package dev.chasqui.projection;

import dev.chasqui.model.Notification;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Succession;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.LedgerStore.Aside;
import dev.chasqui.store.LedgerStore.Folded;
import java.util.ArrayList;
import java.util.List;

/// Makes what the fold gets of an event: its items, with what the fold must know beside them.
final class FoldItems {

  private final FallbackRules rules;

  FoldItems(FallbackRules rules) {
    this.rules = rules;
  }

  /// @param fresh for each item whether it is the first of its key
  List<Folded> of(Split split, List<Boolean> fresh) {
    WorkspaceId workspace = split.fact().door().workspace();
    boolean isWatched = rules.isWatched(workspace);
    List<Folded> folded = new ArrayList<>(split.items().size());
    for (int i = 0; i < split.items().size(); i++) {
      Notification item = split.items().get(i);
      folded.add(
          new Folded(
              workspace,
              split.fact().eventId(),
              split.keys().get(i),
              item,
              fresh.get(i),
              aside(workspace, isWatched, item, split)));
    }
    return folded;
  }

  private Aside aside(WorkspaceId workspace, boolean isWatched, Notification item, Split split) {
    List<Succession> successions = split.successions().getOrDefault(item.path(), List.of());
    if (!isWatched && successions.isEmpty()) {
      return Aside.NONE;
    }
    String number = item.origin().phoneNumberId();
    int threshold = isWatched && number != null ? rules.errorThreshold(workspace, number) : 0;
    return new Aside(isWatched, threshold, successions);
  }

  /// Whether sends wait to see it: it may switch a contact over or back. A number without a
  /// fallback channel sends nobody anywhere else.
  static boolean isUrgent(Folded item) {
    if (item.aside().errorThreshold() == 0 || item.notification().origin().isFallback()) {
      return false;
    }
    return switch (item.notification()) {
      case Notification.Message _ -> true;
      case Notification.Submitted submitted -> isUrgent(submitted.sending());
      case Notification.Status status -> status.status().equals("failed");
      case Notification.Echo _,
          Notification.Call _,
          Notification.Problem _,
          Notification.Change _ ->
          false;
    };
  }

  /// A failure of the contact, or news that it is known by another number, which may be switched.
  private static boolean isUrgent(Sending sending) {
    boolean isFailure =
        sending.outcome() instanceof Sending.Outcome.Refused refused && refused.isRecipients();
    return isFailure || sending.recipient().alias() != null;
  }
}
