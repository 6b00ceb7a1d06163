package dev.chasqui.messaging;

import dev.chasqui.model.Participant;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;

/// Decides whether messages to a contact go over WhatsApp or over the fallback channel. `app`
/// implements it with the store's contacts.
@FunctionalInterface
public interface ContactVia {

  /// Every contact is reached over WhatsApp.
  ContactVia WHATSAPP = (_, _, _) -> Via.WHATSAPP;

  /// The way for one message. Asked only for numbers that have a fallback channel; may read the
  /// store.
  ///
  /// @param to the recipient as the client named it: digits, or the business-scoped user id
  Via route(WorkspaceId workspace, String phoneNumberId, Participant to);
}
