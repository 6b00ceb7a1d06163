package dev.chasqui.bench;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;

/// A request to send a text message, in which only the digits of its number and of the recipient
/// change. The number is in the text, so that the receiver of the message can read it. For one
/// thread.
final class SendTemplate implements Requests {

  static final int USER_DIGITS = 7;

  private final byte[] bytes;
  private final FixedWidth sequences;
  private final FixedWidth users;

  private SendTemplate(String path, String host, String token, String members) {
    String sequence = "#".repeat(RequestTemplate.SEQUENCE_DIGITS);
    String user = "~".repeat(USER_DIGITS);
    String body =
        """
        {%s"recipient_type":"individual","to":"1555%s","type":"text",\
        "text":{"body":"Your appointment is at nine. %s%s"}}"""
            .formatted(members, user, RequestTemplate.MARK, sequence);
    String head =
        """
        POST %s HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(path, host, token, body.length());
    this.bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
    this.sequences = new FixedWidth(bytes, sequence);
    this.users = new FixedWidth(bytes, user);
  }

  /// To the gateway, in Turn's shape.
  static SendTemplate toGateway(String host, String token) {
    return new SendTemplate("/v1/messages", host, token, "");
  }

  /// Requests to the platform itself, for comparison without the gateway.
  static SendTemplate toPlatform(String host, String phoneNumberId) {
    String path = "/v24.0/" + phoneNumberId + "/messages";
    return new SendTemplate(path, host, "none", "\"messaging_product\":\"whatsapp\",");
  }

  @Override
  public Bytes request(long sequence, long epochSecond) {
    sequences.write(sequence);
    users.write(RequestTemplate.user(sequence));
    return Bytes.of(bytes);
  }

  @Override
  public int length() {
    return bytes.length;
  }
}
