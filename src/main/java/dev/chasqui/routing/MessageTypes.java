package dev.chasqui.routing;

import java.util.Set;

/// The types of messages that Meta documents, of those that come in and those that are sent. What
/// comes under another name is passed on all the same; the list tells an operator of a misspelt
/// filter.
public final class MessageTypes {

  public static final Set<String> NAMES =
      Set.of(
          "audio",
          "button",
          "contacts",
          "document",
          "edit",
          "hsm",
          "image",
          "interactive",
          "location",
          "order",
          "reaction",
          "request_welcome",
          "revoke",
          "sticker",
          "system",
          "template",
          "text",
          "unsupported",
          "video",
          "voice");

  private MessageTypes() {}
}
