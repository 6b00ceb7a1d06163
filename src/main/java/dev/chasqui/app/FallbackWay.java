package dev.chasqui.app;

import dev.chasqui.messaging.FallbackBridge;
import dev.chasqui.messaging.MessagingPorts;
import dev.chasqui.messaging.PostToBridge;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.EventViews.ContactView;

/// Leads messages out to the fallback channels, and to what is known of contacts.
final class FallbackWay {

  private FallbackWay() {}

  /// @param sender bound to the addresses that receivers may have
  static MessagingPorts.Fallback of(Foundations base, Sender sender, BridgedMessages sent) {
    ContactStore contacts = base.store().contacts();
    FallbackBridge bridge =
        new PostToBridge(
            base.fallbacks(),
            (workspace, userId) -> contacts.find(workspace, userId).map(ContactView::waId),
            sender);
    return new MessagingPorts.Fallback(sent.over(bridge), new FallbackContacts(base));
  }
}
