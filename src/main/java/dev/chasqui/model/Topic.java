package dev.chasqui.model;

/// What a webhook event is about, in the words of seed 003; see product.md 3 for the rules.
public enum Topic {
  /// Some change of field `messages` has a non-empty `messages[]`; wins over statuses.
  MESSAGES("messages"),
  /// Some change of field `messages` has a non-empty `statuses[]`.
  MESSAGE_STATUS("message_status"),
  /// A message that a client sent through us.
  MESSAGE_SUBMITTED("message_submitted"),
  /// An envelope of anything else.
  UNKNOWN("unknown"),
  /// The bytes do not parse.
  INVALID_JSON("invalid_json"),
  /// The document is no envelope of `whatsapp_business_account`.
  INVALID_PAYLOAD("invalid_payload");

  private final String wire;

  Topic(String wire) {
    this.wire = wire;
  }

  /// The word on the wire and in filters.
  public String wire() {
    return wire;
  }

  /// Whether the body is an envelope that can be processed.
  public boolean isEnvelope() {
    return this != INVALID_JSON && this != INVALID_PAYLOAD;
  }

  /// @throws IllegalArgumentException if there is no such topic
  public static Topic ofWire(String wire) {
    for (Topic topic : values()) {
      if (topic.wire.equals(wire)) {
        return topic;
      }
    }
    throw new IllegalArgumentException("no such topic: " + wire);
  }
}
