package dev.chasqui.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a [SinkReceiver] answers. For its one thread.
interface SinkAnswer {

  /// 200 and nothing more.
  SinkAnswer OK = fixed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

  /// The answer to the request of that number, -1 if it had none, ready to be written. Valid until
  /// the next call.
  ByteBuffer to(long sequence);

  /// The same answer to every request.
  private static SinkAnswer fixed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return _ -> ByteBuffer.wrap(bytes);
  }

  /// A message is taken, as the Graph API says it: each has an id and a recipient of its own.
  static SinkAnswer taken() {
    String sequence = "#".repeat(RequestTemplate.SEQUENCE_DIGITS);
    String user = "~".repeat(SendTemplate.USER_DIGITS);
    String body =
        """
        {"messaging_product":"whatsapp","contacts":[{"input":"1555%s","wa_id":"1555%s"}],\
        "messages":[{"id":"wamid.HBgLMTU1NTAwMDAwMDAVAgAR%s"}]}"""
            .formatted(user, user, sequence);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length());
    byte[] bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
    FixedWidth sequences = new FixedWidth(bytes, sequence);
    FixedWidth users = new FixedWidth(bytes, user);
    return number -> {
      sequences.write(number);
      users.write(RequestTemplate.user(number));
      return ByteBuffer.wrap(bytes);
    };
  }
}
