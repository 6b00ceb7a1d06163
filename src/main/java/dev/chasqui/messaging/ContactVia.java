package dev.chasqui.messaging;

import dev.chasqui.model.Participant;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;

/// Which way messages to a contact go. `app` leads it to what is known of contacts.
@FunctionalInterface
public interface ContactVia {

  /// Everybody is reached by WhatsApp.
  ContactVia WHATSAPP = (_, _, _) -> Via.WHATSAPP;

  /// The contact's default. Asked only for numbers that have a fallback channel; may read the
  /// store.
  ///
  /// @param to whom the client named: digits, or the business-scoped user id
  Via route(WorkspaceId workspace, String phoneNumberId, Participant to);
}
