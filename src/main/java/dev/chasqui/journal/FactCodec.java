package dev.chasqui.journal;

import dev.chasqui.json.SendingJson;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Ulid;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Facts as bytes, the same in every kind of journal:
///
/// | bytes | what |
/// |---|---|
/// | 1 | kind |
/// | 1 | version of the kind's layout |
/// | 2 | flags, 0 |
/// | 8 | time, microseconds since 1970 |
/// | 16 | the event's ULID |
/// | … | the kind's own fields |
///
/// Times keep microseconds. A kind, version or flag that this program does not know is told in
/// words, so that a journal that a newer version wrote can be read past it.
public final class FactCodec {

  /// Bytes before the kind's own fields.
  public static final int HEAD_BYTES = 4 + Long.BYTES + Ulid.BYTES;

  static final int WEBHOOK_RECEIVED = 1;

  /// Kept for a message accepted upstream.
  static final int MESSAGE_SUBMITTED = 2;

  // 3 was kept for events of the fallback channel, which are webhooks like others.

  static final int DUPLICATE_SEEN = 4;

  private static final int VERSION = 1;
  private static final int NO_FLAGS = 0;
  private static final int MICROS = 1_000_000;

  private FactCodec() {}

  /// Writes a fact.
  ///
  /// @param headroom zero bytes left free at the front, for a frame
  /// @return a view that begins with the headroom; the array behind it may be longer
  public static Bytes encode(Fact fact, int headroom) {
    return switch (fact) {
      case Fact.WebhookReceived webhook -> {
        FieldWriter out = new FieldWriter(headroom, HEAD_BYTES + WebhookCodec.expected(webhook));
        head(out, fact, WEBHOOK_RECEIVED, WebhookCodec.version(webhook));
        WebhookCodec.write(out, webhook);
        yield out.finish();
      }
      case Fact.MessageSubmitted(var request, var sending) -> {
        Bytes told = SendingJson.write(sending);
        int expected = WebhookCodec.expected(request) + told.length() + Integer.BYTES;
        FieldWriter out = new FieldWriter(headroom, HEAD_BYTES + expected);
        head(out, fact, MESSAGE_SUBMITTED, VERSION);
        out.putBytes(told);
        out.putByte(WebhookCodec.version(request));
        WebhookCodec.write(out, request);
        yield out.finish();
      }
      case Fact.DuplicateSeen _ -> {
        FieldWriter out = new FieldWriter(headroom, HEAD_BYTES);
        head(out, fact, DUPLICATE_SEEN, VERSION);
        yield out.finish();
      }
    };
  }

  /// Reads a fact; bodies are views on the given bytes.
  ///
  /// @throws JournalException of kind [JournalException.Kind#DAMAGED] if the bytes are no fact or
  ///   one that this version does not know; nothing else is thrown
  public static Fact decode(Bytes bytes) {
    FieldReader in = new FieldReader(bytes);
    int kind = in.readByte();
    int version = in.readByte();
    int flags = in.readShort();
    requireKnown(kind, version, flags);
    Instant at = fromMicros(in.readLong());
    EventId id = new EventId(new Ulid(in.readLong(), in.readLong()));
    Fact fact =
        switch (kind) {
          case WEBHOOK_RECEIVED -> WebhookCodec.read(in, version, id, at);
          case MESSAGE_SUBMITTED -> readSubmitted(in, id, at);
          default -> new Fact.DuplicateSeen(id, at);
        };
    in.requireEnd();
    return fact;
  }

  private static Fact readSubmitted(FieldReader in, EventId id, Instant at) {
    Bytes told = in.readBytes();
    int version = in.readByte();
    requireKnown(WEBHOOK_RECEIVED, version, NO_FLAGS);
    try {
      Sending sending = SendingJson.read(told);
      return new Fact.MessageSubmitted(WebhookCodec.read(in, version, id, at), sending);
    } catch (IllegalArgumentException e) {
      throw new JournalException(
          JournalException.Kind.DAMAGED, "not a fact: bad account of a submitted message", e);
    }
  }

  private static void head(FieldWriter out, Fact fact, int kind, int version) {
    out.putByte(kind);
    out.putByte(version);
    out.putShort(NO_FLAGS);
    out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, fact.at()));
    out.putLong(fact.eventId().ulid().high());
    out.putLong(fact.eventId().ulid().low());
  }

  private static void requireKnown(int kind, int version, int flags) {
    boolean isKnown =
        switch (kind) {
          case WEBHOOK_RECEIVED -> version == VERSION || version == WebhookCodec.WITH_CHANNEL;
          case MESSAGE_SUBMITTED, DUPLICATE_SEEN -> version == VERSION;
          default -> false;
        };
    if (!isKnown || flags != NO_FLAGS) {
      throw new JournalException(
          JournalException.Kind.DAMAGED,
          "a record of kind "
              + kind
              + ", version "
              + version
              + ", flags "
              + flags
              + " is not known to this version of the program");
    }
  }

  private static Instant fromMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
  }
}
