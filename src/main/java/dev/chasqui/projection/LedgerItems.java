package dev.chasqui.projection;

import dev.chasqui.model.Notification;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Succession;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.LedgerStore.ContactContext;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.util.ArrayList;
import java.util.List;

/// Makes the ledger items of an event, each with what the ledger must know of its contact.
final class LedgerItems {

  private final FallbackRules rules;

  LedgerItems(FallbackRules rules) {
    this.rules = rules;
  }

  /// @param fresh for each item whether it is the first of its key
  List<LedgerItem> of(Split split, List<Boolean> fresh) {
    WorkspaceId workspace = split.fact().origin().workspace();
    boolean isWatched = rules.isWatched(workspace);
    List<LedgerItem> ledgerItems = new ArrayList<>(split.items().size());
    for (int i = 0; i < split.items().size(); i++) {
      Notification item = split.items().get(i);
      ledgerItems.add(
          new LedgerItem(
              workspace,
              split.fact().eventId(),
              split.keys().get(i),
              item,
              fresh.get(i),
              contactContext(workspace, isWatched, item, split)));
    }
    return ledgerItems;
  }

  private ContactContext contactContext(
      WorkspaceId workspace, boolean isWatched, Notification item, Split split) {
    List<Succession> successions = split.successions().getOrDefault(item.path(), List.of());
    if (!isWatched && successions.isEmpty()) {
      return ContactContext.NONE;
    }
    String number = item.origin().phoneNumberId();
    int threshold = isWatched && number != null ? rules.errorThreshold(workspace, number) : 0;
    return new ContactContext(isWatched, threshold, successions);
  }

  /// True if sends wait for it: it may switch a contact over or back. Without a fallback channel no
  /// contact is switched.
  static boolean affectsSends(LedgerItem item) {
    if (item.contactContext().errorThreshold() == 0 || item.notification().origin().isFallback()) {
      return false;
    }
    return switch (item.notification()) {
      case Notification.Message _ -> true;
      case Notification.Submitted submitted -> affectsSends(submitted.sending());
      case Notification.Status status -> status.status().equals("failed");
      case Notification.Echo _,
          Notification.Call _,
          Notification.Problem _,
          Notification.Change _ ->
          false;
    };
  }

  /// A failure of the contact, or news that it is known by another number, which may be switched.
  private static boolean affectsSends(Sending sending) {
    boolean isFailure =
        sending.outcome() instanceof Sending.Outcome.Refused refused && refused.isRecipients();
    return isFailure || sending.recipient().alias() != null;
  }
}
