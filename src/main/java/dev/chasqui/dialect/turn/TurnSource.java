package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.dialect.SourceFaults;
import dev.chasqui.dialect.SourceText;
import dev.chasqui.dialect.Translation;
import dev.chasqui.dialect.meta.EnvelopeBuilder;
import dev.chasqui.dialect.meta.ItemKind;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Topic;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turn as a source: the on-premises shape (seed 002), which has `contacts`, `messages`, `statuses`
/// and `errors` at the top, and no envelope.
///
/// A webhook of the subscription `turn`, a message that was sent through Turn's interface, comes as
/// the submitted payload itself; its id stands in it or in the header `X-WhatsApp-Id`. It becomes
/// an echo.
public final class TurnSource implements SourceDialect {

  private static final String MESSAGE_ID = "X-WhatsApp-Id";

  @Override
  public String source() {
    return DialectName.TURN.wire();
  }

  @Override
  public String signatureHeader() {
    return TurnSourceSignature.HEADER;
  }

  @Override
  public boolean isSigned(Collection<SigningKey> keys, Bytes body, String header) {
    return TurnSourceSignature.verify(keys, body, header);
  }

  @Override
  public boolean names(String account, Bytes body, @Nullable String contentType) {
    return false;
  }

  @Override
  public Translation toEnvelope(Incoming webhook) {
    RawObject body;
    try {
      body = RawObject.of(RawObject.checked(webhook.body()));
    } catch (MalformedJsonException _) {
      return new Translation.NotAWebhook(Topic.INVALID_JSON);
    }
    EnvelopeBuilder envelope = new EnvelopeBuilder(webhook.channel());
    events(body, webhook, envelope);
    boolean isSubmitted = envelope.isEmpty() && body.scalar("to") != null;
    if (isSubmitted) {
      envelope.group(ItemKind.ECHO, body.scalar("from")).add(echo(body, webhook));
    }
    return envelope.isEmpty()
        ? new Translation.NotAWebhook(Topic.INVALID_PAYLOAD)
        : new Translation.Envelope(envelope.bytes());
  }

  /// Adds the messages, statuses and errors of a body in the shape of the on-premises API.
  static void events(RawObject body, Incoming webhook, EnvelopeBuilder envelope) {
    items(
        body, ItemKind.MESSAGE, envelope, it -> TurnSourceMessage.write(it, webhook.receivedAt()));
    items(body, ItemKind.STATUS, envelope, it -> TurnSourceStatus.write(it, webhook));
    items(body, ItemKind.ERROR, envelope, TurnSource::error);
    boolean isContactsOnly = envelope.isEmpty() && body.isList("contacts");
    if (isContactsOnly) {
      contacts(body, envelope.group(ItemKind.MESSAGE, null));
    }
  }

  private static void items(
      RawObject body, ItemKind kind, EnvelopeBuilder envelope, Function<RawObject, Bytes> write) {
    if (!body.isList(kind.member())) {
      return;
    }
    EnvelopeBuilder.Group group = envelope.group(kind, null);
    contacts(body, group);
    for (Bytes item : body.list(kind.member())) {
      group.add(RawObject.isObject(item) ? write.apply(RawObject.of(item)) : item);
    }
  }

  private static void contacts(RawObject body, EnvelopeBuilder.Group group) {
    List<Bytes> contacts = body.list("contacts");
    contacts.forEach(group::contact);
  }

  private static Bytes error(RawObject error) {
    JsonWriter out = new JsonWriter(256);
    SourceFaults.one(out, error);
    return out.bytes();
  }

  /// A message on its way out. Its recipient is the contact, without a plus sign.
  private static Bytes echo(RawObject body, Incoming webhook) {
    JsonWriter out = new JsonWriter(512).beginObject();
    out.member("from", SourceText.digits(body.scalar("from")));
    out.member("to", SourceText.digits(body.scalar("to")));
    id(out, body.raw("id"), webhook.header(MESSAGE_ID));
    out.name("timestamp").text(SourceText.seconds(body.scalar("timestamp"), webhook.receivedAt()));
    TurnSourceMessage.rest(out, body);
    return out.endObject().bytes();
  }

  private static void id(JsonWriter out, @Nullable Bytes own, @Nullable String header) {
    if (own != null) {
      SourceText.member(out, "id", own);
    } else {
      out.member("id", header);
    }
  }
}
