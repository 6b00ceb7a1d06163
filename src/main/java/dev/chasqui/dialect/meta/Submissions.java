package dev.chasqui.dialect.meta;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.json.SendingJson;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Sending;
import dev.chasqui.model.SourceChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages that clients sent through us, in the one form that everything behind the ingress works
/// on: an envelope with a field of our own, `chasqui_submissions`, whose value has `submissions[]`.
/// An element has the time, `sending` (what became of it), `in_reply_to` where the client named a
/// message, and `payload`, byte for byte as submitted.
public final class Submissions {

  /// The field's name.
  public static final String FIELD = "chasqui_submissions";

  private static final String IN_REPLY_TO = "in_reply_to";
  private static final String PAYLOAD_NAME = ",\"payload\":";
  private static final int FRAME_BYTES = 256;

  private Submissions() {}

  /// The envelope of one submitted message.
  ///
  /// @param channel the number that it was sent from
  /// @param payload one JSON object
  public static Bytes envelope(SourceChannel channel, Instant at, Sending sending, Bytes payload) {
    return envelope(channel, at, sending, payload, null);
  }

  /// The envelope of one submitted message.
  ///
  /// @param payload one JSON object
  /// @param inReplyTo the inbound message that the client says it answers, null if it says none
  public static Bytes envelope(
      SourceChannel channel,
      Instant at,
      Sending sending,
      Bytes payload,
      @Nullable String inReplyTo) {
    Bytes told = SendingJson.write(sending);
    JsonWriter item = new JsonWriter(payload.length() + told.length() + FRAME_BYTES);
    item.beginObject().member("timestamp", Long.toString(at.getEpochSecond()));
    item.member(IN_REPLY_TO, inReplyTo);
    item.name("sending").raw(told).name("payload").raw(payload).endObject();
    EnvelopeBuilder envelope = new EnvelopeBuilder(channel, sending.via());
    envelope.group(ItemKind.SUBMISSION, null).add(item.bytes());
    return envelope.bytes();
  }

  /// The payload of an element, as it was submitted.
  ///
  /// @throws IllegalArgumentException if it has none
  public static Bytes payload(Bytes element) {
    Bytes payload = RawObject.of(element).raw("payload");
    if (payload == null) {
      throw new IllegalArgumentException("a submission without its payload");
    }
    return payload;
  }

  /// The payload of an element byte for byte, white space around it included. It is the last member
  /// that we write, and its name stands nowhere else: within texts quotation marks are escaped.
  ///
  /// @throws IllegalArgumentException if it has none
  public static Bytes exactPayload(Bytes element) {
    byte[] name = PAYLOAD_NAME.getBytes(StandardCharsets.US_ASCII);
    int end = element.length() - 1;
    for (int from = 0; from + name.length <= end; from++) {
      if (isAt(element, from, name)) {
        int start = from + name.length;
        return element.slice(start, end - start);
      }
    }
    throw new IllegalArgumentException("a submission without its payload");
  }

  private static boolean isAt(Bytes bytes, int from, byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (bytes.at(from + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /// The message that the client of an element says it answers, null if it says none.
  public static @Nullable String inReplyTo(Bytes element) {
    return RawObject.of(element).scalar(IN_REPLY_TO);
  }

  /// What became of the message of an element; empty if it is nothing that we wrote.
  static Optional<Sending> sending(Bytes element) {
    Bytes told = RawObject.of(element).raw("sending");
    try {
      return told == null ? Optional.empty() : Optional.of(SendingJson.read(told));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
