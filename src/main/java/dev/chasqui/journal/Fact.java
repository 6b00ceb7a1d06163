package dev.chasqui.journal;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Sending;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the journal holds: everything that must survive a crash and is no operator's setting. Each
/// fact carries its id and time, so that projecting it again gives the same rows.
public sealed interface Fact {

  /// A fact that is an event: a request that was accepted.
  sealed interface Event extends Fact {

    /// The recorded request, byte for byte.
    WebhookReceived request();

    /// Where it came in.
    default Origin origin() {
      return request().origin();
    }

    /// What the checks found when it was received.
    default Verdicts verdicts() {
      return request().verdicts();
    }

    /// SHA-256 of the request's body, 32 bytes.
    default Bytes bodySha256() {
      return request().bodySha256();
    }
  }

  /// The event the fact is about; its ULID is the record's.
  EventId eventId();

  /// When it was taken in.
  Instant at();

  /// True if no caller waits for the outcome: it may be kept for some milliseconds, to be written
  /// and projected together with others.
  default boolean isBulk() {
    return false;
  }

  /// One inbound POST with its verdicts. The record is the event and, if [Verdicts#isJob()], its
  /// outbox job at once.
  ///
  /// @param origin where it came in
  /// @param verdicts what the checks found when it was received
  /// @param head its headers and query
  /// @param bodySha256 32 bytes
  /// @param body the raw bytes, exactly as received
  record WebhookReceived(
      EventId eventId,
      Instant at,
      Origin origin,
      Verdicts verdicts,
      Head head,
      Bytes bodySha256,
      Bytes body)
      implements Event {

    @Override
    public WebhookReceived request() {
      return this;
    }

    /// True for webhooks that hold statuses only: a campaign's statuses come by the thousand, and a
    /// user's message should find the processor free.
    @Override
    public boolean isBulk() {
      return verdicts.summary().topic() == Topic.MESSAGE_STATUS;
    }
  }

  /// A message that a client gave us to send, and what became of it; in the journal before the
  /// client is told.
  ///
  /// @param request the client's POST: its source is [#SOURCE], the channel of its origin is the
  ///   number that the message was sent from, its body is the payload as submitted, one JSON object
  record MessageSubmitted(WebhookReceived request, Sending sending) implements Event {

    /// The source label of what clients send.
    public static final String SOURCE = "messages";

    @Override
    public EventId eventId() {
      return request.eventId();
    }

    @Override
    public Instant at() {
      return request.at();
    }
  }

  /// A byte-identical repeat of an event that was answered with the first one's ids.
  record DuplicateSeen(EventId eventId, Instant at) implements Fact {

    @Override
    public boolean isBulk() {
      return true;
    }
  }

  /// Where a webhook came in.
  ///
  /// @param source the source label: `whatsapp`, `meta`, …
  /// @param deliveryId the sender's own id of the delivery (`X-Meta-Delivery-Id`), null if none
  /// @param channelOrigin the channel of a sender other than Meta, null for Meta
  record Origin(
      WorkspaceId workspace,
      String source,
      @Nullable String deliveryId,
      @Nullable ChannelOrigin channelOrigin) {

    /// One of Meta's own sources.
    public Origin(WorkspaceId workspace, String source, @Nullable String deliveryId) {
      this(workspace, source, deliveryId, null);
    }
  }

  /// The channel through which a sender other than Meta posted, as things stood then.
  ///
  /// @param authentication which way of proving who it is passed, null if none did
  /// @param channel what its body is translated with
  record ChannelOrigin(@Nullable String authentication, SourceChannel channel) {}

  /// What the checks found when it was received.
  ///
  /// @param signatureValid whether an active secret made the signature
  /// @param processed whether the event is to be processed: a valid signature, or mock mode, and an
  ///   envelope
  /// @param lacksSecret whether it was rejected because there is no secret that could have made the
  ///   signature
  record Verdicts(boolean signatureValid, boolean processed, Summary summary, boolean lacksSecret) {

    /// The usual: there is a secret.
    public Verdicts(boolean signatureValid, boolean processed, Summary summary) {
      this(signatureValid, processed, summary, false);
    }

    /// Whether the record is an outbox job too.
    public boolean isJob() {
      return processed;
    }
  }

  /// The request's head.
  ///
  /// @param headers in the order received, names as received
  /// @param query the raw query without `?`, empty if none
  record Head(List<Header> headers, String query) {
    public Head {
      headers = List.copyOf(headers);
    }

    /// The first value of a header, its name compared without regard to case; null if there is
    /// none.
    public @Nullable String first(String name) {
      for (Header header : headers) {
        if (header.name().equalsIgnoreCase(name)) {
          return header.value();
        }
      }
      return null;
    }
  }

  record Header(String name, String value) {}
}
