package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.dialect.Translation;
import dev.chasqui.dialect.exotel.ExotelDocument.Read;
import dev.chasqui.dialect.meta.EnvelopeBuilder;
import dev.chasqui.dialect.meta.ItemKind;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Topic;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Exotel as a source. Its pages tell four shapes that have nothing in common but what they say,
/// and none tells which one is sent, so all are read, as JSON or as a form:
///
/// | shape | told by | source |
/// |---|---|---|
/// | A | `event`, `message` | seed 004 |
/// | B | `type`, `data` | Exotel's guide to webhooks |
/// | C | `sid` and `status` or `exo_status_code` | Exotel's page on delivery callbacks |
/// | D | `whatsapp.messages[]`, reports and messages mixed | the classic reference; live traffic |
///
/// A list at the top holds several of them.
public final class ExotelSource implements SourceDialect {

  /// The field of events that Meta has no words for.
  static final String UNKNOWN_FIELD = "exotel";

  @Override
  public String source() {
    return DialectName.EXOTEL.wire();
  }

  @Override
  public String signatureHeader() {
    return ExotelSourceSignature.HEADER;
  }

  @Override
  public boolean isSigned(Collection<SigningKey> keys, Bytes body, String header) {
    return ExotelSourceSignature.verify(keys, body, header);
  }

  @Override
  public boolean names(String account, Bytes body, @Nullable String contentType) {
    return ExotelSourceSignature.names(account, body, contentType);
  }

  @Override
  public Translation toEnvelope(Incoming webhook) {
    return switch (ExotelDocument.read(webhook.body(), webhook.header("Content-Type"))) {
      case Read.Unreadable(Topic topic) -> new Translation.NotAWebhook(topic);
      case Read.Document(Bytes value) -> new Dispatch(webhook).translate(value);
    };
  }

  /// The translation of one webhook.
  private static final class Dispatch {

    private final Incoming webhook;
    private final EnvelopeBuilder envelope;

    Dispatch(Incoming webhook) {
      this.webhook = webhook;
      this.envelope = new EnvelopeBuilder(webhook.channel());
    }

    Translation translate(Bytes value) {
      if (RawObject.isArray(value)) {
        RawObject.elements(value).forEach(this::element);
      } else {
        callback(RawObject.of(value), value);
      }
      return envelope.isEmpty()
          ? new Translation.NotAWebhook(Topic.INVALID_PAYLOAD)
          : new Translation.Envelope(envelope.bytes());
    }

    /// What is no object is passed on, so that the event's detail tells of it.
    private void element(Bytes element) {
      if (RawObject.isObject(element)) {
        callback(RawObject.of(element), element);
      } else {
        envelope.group(ItemKind.MESSAGE, null).add(element);
      }
    }

    private void callback(RawObject body, Bytes raw) {
      RawObject whatsapp = body.object("whatsapp");
      boolean isA = body.scalar("event") != null;
      boolean isB = body.scalar("type") != null && !body.object("data").members().isEmpty();
      if (whatsapp.isList("messages") || whatsapp.isList("statuses")) {
        whatsapp.list("messages").forEach(it -> item(it, false));
        whatsapp.list("statuses").forEach(it -> item(it, true));
      } else if (isA) {
        shapeA(body, raw);
      } else if (isB) {
        shapeB(body, raw);
      } else if (isItem(body)) {
        item(raw, false);
      } else if (body.firstScalar("type", "callback_type") != null) {
        envelope.unknown(UNKNOWN_FIELD, raw);
      }
    }

    private static boolean isItem(RawObject body) {
      boolean hasKind =
          body.scalar("callback_type") != null && ExotelSourceMessage.id(body) != null;
      return hasKind || ExotelSourceReport.isReport(body);
    }

    /// An element of shape D, which shape C is too.
    private void item(Bytes element, boolean isReport) {
      RawObject item = RawObject.of(element);
      if (!RawObject.isObject(element)) {
        envelope.group(ItemKind.MESSAGE, null).add(element);
      } else if (isReport || ExotelSourceReport.isReport(item)) {
        report(item, item, null);
      } else if (ExotelSourceMessage.isMessage(item)) {
        message(item, item.object("content"), null);
      } else {
        envelope.unknown(UNKNOWN_FIELD, element);
      }
    }

    private void shapeA(RawObject body, Bytes raw) {
      RawObject message = body.object("message");
      String time = body.scalar("timestamp");
      switch (String.valueOf(body.scalar("event"))) {
        case "incoming_message", "inbound_message", "icm" ->
            orUnknown(message, raw, () -> message(message.or(body, "contact"), message, time));
        case "message_status", "message-status", "dlr" ->
            orUnknown(message, raw, () -> report(message, message, time));
        case "flow_response" ->
            envelope
                .group(ItemKind.MESSAGE, body.scalar("to"))
                .add(ExotelSourceMessage.flowResponse(body, webhook.receivedAt()));
        default -> envelope.unknown(UNKNOWN_FIELD, raw);
      }
    }

    private void shapeB(RawObject body, Bytes raw) {
      RawObject data = body.object("data");
      String time = body.scalar("timestamp");
      switch (String.valueOf(body.scalar("type"))) {
        case "inbound_message", "incoming_message" ->
            orUnknown(
                data.object("message"), raw, () -> message(data, data.object("message"), time));
        case "message_status", "message-status", "dlr" -> report(data, data, time);
        default -> envelope.unknown(UNKNOWN_FIELD, raw);
      }
    }

    private void orUnknown(RawObject needed, Bytes raw, Runnable translation) {
      if (needed.members().isEmpty()) {
        envelope.unknown(UNKNOWN_FIELD, raw);
      } else {
        translation.run();
      }
    }

    private void message(RawObject item, RawObject content, @Nullable String time) {
      ExotelSourceMessage message =
          new ExotelSourceMessage(item, content, time, webhook.receivedAt());
      EnvelopeBuilder.Group group = envelope.group(ItemKind.MESSAGE, item.scalar("to"));
      Bytes contact = message.contact();
      if (contact != null) {
        group.contact(contact);
      }
      group.add(message.write());
    }

    /// In a report `to` is the customer, and `from`, if it is there, the business.
    private void report(RawObject item, RawObject extras, @Nullable String time) {
      ExotelSourceReport report = new ExotelSourceReport(item, time, webhook.receivedAt());
      envelope.group(ItemKind.STATUS, extras.scalar("from")).add(report.write());
    }
  }
}
