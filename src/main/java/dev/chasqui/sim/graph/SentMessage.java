package dev.chasqui.sim.graph;

import tools.jackson.databind.JsonNode;

/// A message that a client asked to send.
///
/// @param wamid the id it was given; empty if it was not taken
/// @param phoneNumberId the sender
/// @param recipient the phone number in digits, or the business-scoped user id
/// @param callbackData the request's `biz_opaque_callback_data`; empty if there was none
/// @param body the request
public record SentMessage(
    String wamid, String phoneNumberId, String recipient, String callbackData, JsonNode body) {

  public boolean isTaken() {
    return !wamid.isEmpty();
  }

  /// `text`, `template` and so on.
  public String type() {
    return body.path("type").asString("text");
  }

  /// Whether the recipient is known by a business-scoped user id alone.
  boolean isToUserId() {
    return recipient.indexOf('.') >= 0;
  }

  SentMessage withId(String given) {
    return new SentMessage(given, phoneNumberId, recipient, callbackData, body);
  }
}
