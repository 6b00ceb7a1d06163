package dev.chasqui.model;

import org.jspecify.annotations.Nullable;

/// A message that a client submitted, and its outcome (product.md 7).
///
/// @param submission names the client's request: the id of the first event that tells of it. An
///   intent and the outcome that follows it have the same
/// @param idempotency what the client's `Idempotency-Key` stands for, null if it sent none
public record Sending(
    EventId submission,
    Via via,
    Author author,
    Content content,
    @Nullable Idempotency idempotency,
    Outcome outcome) {

  private static final String CALLBACK = "chasqui:";

  /// What is sent along with a message and comes back with its statuses
  /// (`biz_opaque_callback_data`), where the client sends nothing of its own along.
  public static String callback(EventId submission) {
    return CALLBACK + submission;
  }

  /// The submission that something which came back with a status names; null if it is not ours.
  public static @Nullable EventId submissionOf(@Nullable String callback) {
    if (callback == null || !callback.startsWith(CALLBACK)) {
      return null;
    }
    try {
      return EventId.parse(callback.substring(CALLBACK.length()));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// Whom the message went to, as far as is known: who upstream says it is, and who was named.
  /// Where WhatsApp says another id than was named, they are two ids of one contact.
  public Participant recipient() {
    if (!(outcome instanceof Outcome.Accepted accepted) || !accepted.recipient().isKnown()) {
      return content.to();
    }
    return via == Via.WHATSAPP ? accepted.recipient().orElse(content.to()) : accepted.recipient();
  }

  /// The message's id, null as long as it was not accepted.
  public @Nullable String messageId() {
    return outcome instanceof Outcome.Accepted accepted ? accepted.messageId() : null;
  }

  /// The author of a message.
  ///
  /// @param kind the kind of the token: `api`, `journey`, `meta`
  /// @param tokenId the token's id, null for the workspace's own access token
  public record Author(String kind, @Nullable String tokenId) {

    /// The kind of messages that a journey sends; subscribers of `journey_outbound` get them.
    public static final String JOURNEY = "journey";
  }

  /// The type and recipient of the message, without its payload.
  ///
  /// @param type `text`, `image`, …
  /// @param to whom the client named: digits, or the business-scoped user id
  /// @param group the id of the group that it is for, null if it is for one user
  public record Content(String type, Participant to, @Nullable String group) {

    public Content(String type, Participant to) {
      this(type, to, null);
    }
  }

  /// A client's `Idempotency-Key`.
  ///
  /// @param key SHA-256 of the phone number id and the key, hex
  /// @param request SHA-256 of the request's body and of the headers that change its meaning, hex
  public record Idempotency(String key, String request) {}

  /// The result of sending one message.
  public sealed interface Outcome {

    /// The other side took it.
    ///
    /// @param messageId the id that statuses will name
    /// @param recipient who upstream says the contact is, [Participant#NONE] if it says nothing
    /// @param messageStatus what upstream says of it beside its id, where that is more than
    ///   `accepted`, as `held_for_quality_assessment`; null if it says nothing
    /// @param answer the other side's answer as it came, JSON
    record Accepted(
        String messageId, Participant recipient, @Nullable String messageStatus, Bytes answer)
        implements Outcome {

      /// Without a word beside the id.
      public Accepted(String messageId, Participant recipient, Bytes answer) {
        this(messageId, recipient, null, answer);
      }
    }

    /// The other side refused it, or it was never sent.
    ///
    /// @param status the HTTP status of the answer
    /// @param code the platform's error code, 0 if it gave none
    /// @param title one line without personal data
    /// @param isRecipients whether it was refused for the recipient's sake: a WhatsApp failure of
    ///   the contact
    /// @param answer the other side's answer as it came, JSON; empty if there was none
    record Refused(int status, long code, String title, boolean isRecipients, Bytes answer)
        implements Outcome {}

    /// Nobody knows whether the other side took it: it is about to be sent, or the answer never
    /// came. Never sent again by itself; the first status of it tells.
    ///
    /// @param reason one line without personal data
    record Unknown(String reason) implements Outcome {

      /// Of what is about to be sent: if the process ends now, this is all that is ever known.
      public static final Unknown INTENT =
          new Unknown("it was being sent when the gateway last wrote of it");
    }
  }
}
