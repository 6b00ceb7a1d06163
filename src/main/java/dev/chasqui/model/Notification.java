package dev.chasqui.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One atomic thing inside an envelope (product.md 2), in the words that are common to all
/// platforms; the wire shapes stay in the dialects.
public sealed interface Notification {

  /// Where it stands in its envelope.
  ItemPath path();

  Origin origin();

  /// The user it is about, [Participant#NONE] if it is about none.
  default Participant user() {
    return switch (this) {
      case Message message -> message.from();
      case Status status -> status.recipient();
      case Echo echo -> echo.to();
      case Submitted submitted -> submitted.sending().recipient();
      case Call call -> call.with();
      case Problem _, Change _ -> Participant.NONE;
    };
  }

  /// The id of the group in which it happened, null outside groups. A conversation is a business
  /// number with a group, or else with a user.
  default @Nullable String group() {
    return switch (this) {
      case Message message -> message.group();
      case Status status -> status.report().group();
      case Submitted submitted -> submitted.sending().content().group();
      case Echo _, Call _, Problem _, Change _ -> null;
    };
  }

  /// The field, the account and the number a change belongs to.
  ///
  /// @param field the change's field name
  /// @param wabaId the WhatsApp Business Account, null where the change names none
  /// @param phoneNumberId the business phone number, null where the change names none
  /// @param displayPhoneNumber digits as the platform shows them, null where not told
  /// @param via the way it is about: what comes from the fallback channel says nothing of WhatsApp
  record Origin(
      String field,
      @Nullable String wabaId,
      @Nullable String phoneNumberId,
      @Nullable String displayPhoneNumber,
      Via via) {

    /// An origin on WhatsApp itself, not on the fallback channel.
    public Origin(
        String field,
        @Nullable String wabaId,
        @Nullable String phoneNumberId,
        @Nullable String displayPhoneNumber) {
      this(field, wabaId, phoneNumberId, displayPhoneNumber, Via.WHATSAPP);
    }

    /// Whether it is about the fallback channel.
    public boolean isFallback() {
      return via == Via.FALLBACK;
    }
  }

  /// An inbound message of any type, unknown ones included.
  ///
  /// @param wamid the message's id, null if it has none
  /// @param type `text`, `image`, …, `unknown` if it has none
  /// @param from who wrote it
  /// @param at when, by the platform's clock
  /// @param group the id of the group that it was written in, null in a chat of two
  record Message(
      ItemPath path,
      Origin origin,
      @Nullable String wamid,
      String type,
      Participant from,
      @Nullable Instant at,
      @Nullable String group)
      implements Notification {

    /// In a chat of two.
    public Message(
        ItemPath path,
        Origin origin,
        @Nullable String wamid,
        String type,
        Participant from,
        @Nullable Instant at) {
      this(path, origin, wamid, type, from, at, null);
    }
  }

  /// A status of an outbound message, unknown ones included.
  ///
  /// @param wamid the message's id, null if it has none
  /// @param status `sent`, `delivered`, …, `unknown` if it has none
  /// @param recipient whom the message went to
  /// @param participant the group's member whom the status is about, null outside groups
  /// @param report when it happened and, for `failed`, what went wrong
  record Status(
      ItemPath path,
      Origin origin,
      @Nullable String wamid,
      String status,
      Participant recipient,
      @Nullable String participant,
      Report report)
      implements Notification {}

  /// When a status happened and what it says of failures.
  ///
  /// @param submission what we called the message when we sent it; null if another sent it, or a
  ///   client that wanted a word of its own to come back
  /// @param group the id of the group that the message went to, null if it went to one user
  record Report(
      @Nullable Instant at,
      List<Fault> faults,
      @Nullable EventId submission,
      @Nullable String group) {
    public Report {
      faults = List.copyOf(faults);
    }

    /// Of a message that went to one user.
    public Report(@Nullable Instant at, List<Fault> faults, @Nullable EventId submission) {
      this(at, faults, submission, null);
    }

    /// Of a message that was not sent by us.
    public Report(@Nullable Instant at, List<Fault> faults) {
      this(at, faults, null);
    }
  }

  /// An error as the platform reports it, for example 131026.
  record Fault(long code, @Nullable String title) {}

  /// A message that the business sent by another way (app or agent): `smb_message_echoes`,
  /// `message_echoes`.
  record Echo(
      ItemPath path,
      Origin origin,
      @Nullable String wamid,
      String type,
      Participant to,
      @Nullable Instant at)
      implements Notification {}

  /// A message that a client sent through us, or tried to.
  ///
  /// @param sending what became of it
  /// @param at when the client asked
  record Submitted(ItemPath path, Origin origin, Sending sending, @Nullable Instant at)
      implements Notification {}

  /// An event of a call, or a status of one.
  ///
  /// @param callId the call's id (`wacid…`), null if it has none
  /// @param event `connect`, `terminate`, …, or the status
  record Call(
      ItemPath path,
      Origin origin,
      @Nullable String callId,
      String event,
      Participant with,
      @Nullable Instant at)
      implements Notification {}

  /// A trouble that the platform reports of an account or number, not of one message: an element of
  /// a change's `errors[]`.
  record Problem(ItemPath path, Origin origin, @Nullable Instant at) implements Notification {}

  /// A change that is one thing as a whole: account changes, unknown fields.
  record Change(ItemPath path, Origin origin, @Nullable Instant at) implements Notification {}
}
