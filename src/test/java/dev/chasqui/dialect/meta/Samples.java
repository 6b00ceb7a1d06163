package dev.chasqui.dialect.meta;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import java.util.List;

/// Envelopes for tests, put together from parts.
final class Samples {

  static final String WABA = "102030405060708";
  static final String NUMBER = "501502503504505";
  static final String METADATA =
      "\"metadata\":{\"display_phone_number\":\"59171000001\",\"phone_number_id\":\"501502503504505\"}";

  private Samples() {}

  /// An envelope with one entry and these changes.
  static String envelope(String... changes) {
    return envelopeOf(entry(WABA, changes));
  }

  static String envelopeOf(String... entries) {
    return "{\"object\":\"whatsapp_business_account\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  static String entry(String id, String... changes) {
    return "{\"id\":\"" + id + "\",\"changes\":[" + String.join(",", changes) + "]}";
  }

  static String change(String field, String value) {
    return "{\"field\":\"" + field + "\",\"value\":" + value + "}";
  }

  /// A change of field `messages` with these members beside the metadata.
  static String messages(String members) {
    return change(
        "messages", "{\"messaging_product\":\"whatsapp\"," + METADATA + "," + members + "}");
  }

  static String text(String wamid) {
    return "{\"from\":\"59172000001\",\"id\":\""
        + wamid
        + "\",\"timestamp\":\"1767225600\",\"type\":\"text\",\"text\":{\"body\":\"¿Qué tal?\"}}";
  }

  static String status(String wamid, String status) {
    return "{\"id\":\""
        + wamid
        + "\",\"status\":\""
        + status
        + "\",\"timestamp\":\"1767225601\",\"recipient_id\":\"59172000001\"}";
  }

  /// Reads what must be an envelope.
  static Envelope read(String json) {
    return read(Bytes.utf8(json));
  }

  static Envelope read(Bytes body) {
    if (EnvelopeScanner.scan(body) instanceof Envelope envelope) {
      return envelope;
    }
    throw new AssertionError("no envelope: " + EnvelopeScanner.scan(body));
  }

  /// The notifications of one change in an envelope of its own.
  static List<Notification> split(String change) {
    return Notifications.of(read(envelope(change)));
  }
}
