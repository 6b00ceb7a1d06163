package dev.chasqui.app;

import dev.chasqui.messaging.ContactVia;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;

/// Tells the sending side which contacts are reached over the fallback channel, from the store. For
/// numbers without a fallback channel it is not asked.
record FallbackContacts(Foundations base) implements ContactVia {

  /// A contact whose phone number is unknown goes over no fallback channel, whatever was set.
  @Override
  public Via route(WorkspaceId workspace, String phoneNumberId, Participant to) {
    String id = to.id();
    boolean isOver =
        id != null && base.store().contacts().fallbackNumber(workspace, id).isPresent();
    return isOver ? Via.FALLBACK : Via.WHATSAPP;
  }
}
