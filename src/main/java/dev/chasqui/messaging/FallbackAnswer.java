package dev.chasqui.messaging;

import java.util.Optional;

/// What became of a message on its way over the fallback channel.
public sealed interface FallbackAnswer {

  /// The bridge took it.
  ///
  /// @param messageId what the bridge will call the message in its statuses
  record Taken(String messageId) implements FallbackAnswer {}

  /// It did not go. Nothing is recorded as sent.
  ///
  /// @param detail one line for the caller and the operator, without URL, secret or personal data
  record NotTaken(Reason reason, String detail) implements FallbackAnswer {}

  /// Why a message did not go; a closed list.
  enum Reason {
    /// The contact is known by a business-scoped user id alone: other channels need a number.
    NO_PHONE_NUMBER,
    /// No connection, or none that the gateway may make.
    UNREACHABLE,
    /// The bridge had the message and did not answer in time, or the connection broke: whether it
    /// sent it, nobody knows.
    UNKNOWN,
    /// It answered, and not with a 2xx.
    REFUSED,
    /// It answered 2xx without an id that could name the message.
    NO_ID
  }

  /// The message's id, empty if it did not go.
  default Optional<String> id() {
    return this instanceof Taken(String messageId) ? Optional.of(messageId) : Optional.empty();
  }
}
