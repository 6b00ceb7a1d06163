package dev.chasqui.bench;

import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One webhook request as bytes, in which only the digits of the message id, the user and the time
/// and the signature change from one request to the next. All of fixed width, so that a request is
/// made by writing over the last one. For one thread.
final class RequestTemplate implements Requests {

  /// What stands before the sequence number in each message id.
  static final String MARK = "wamid.HBgLMTU1NTAwMDAwMDAVBENCH";

  /// How many digits the sequence number has.
  static final int SEQUENCE_DIGITS = 16;

  private static final int USER_DIGITS = 7;
  private static final int TIME_DIGITS = 10;
  private static final int SIGNATURE_DIGITS = 64;
  private static final int USERS = 100_000;
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String SEQUENCE = "#".repeat(SEQUENCE_DIGITS);
  private static final String USER = "~".repeat(USER_DIGITS);
  private static final String TIME = "^".repeat(TIME_DIGITS);

  private final byte[] bytes;
  private final int bodyFrom;
  private final int signature;
  private final FixedWidth sequences;
  private final FixedWidth users;
  private final FixedWidth times;
  private final Mac mac;

  /// @param host for the `Host` header
  /// @param bodyBytes the size of the body; the message's text is as long as it takes
  RequestTemplate(String host, Business business, String secret, int bodyBytes) {
    this(host, secret, body(business, bodyBytes));
  }

  /// Requests that say that a message was delivered; their ids have another mark.
  static RequestTemplate ofStatuses(String host, Business business, String secret) {
    return new RequestTemplate(host, secret, status(business));
  }

  private RequestTemplate(String host, String secret, String body) {
    String head = head(host, body.length());
    this.bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
    this.bodyFrom = head.length();
    this.signature = head.indexOf("sha256=") + "sha256=".length();
    this.sequences = new FixedWidth(bytes, SEQUENCE);
    this.users = new FixedWidth(bytes, USER);
    this.times = new FixedWidth(bytes, TIME);
    this.mac = mac(secret);
  }

  @Override
  public Bytes request(long sequence, long epochSecond) {
    sequences.write(sequence);
    users.write(user(sequence));
    times.write(epochSecond);
    mac.update(bytes, bodyFrom, bytes.length - bodyFrom);
    byte[] digest = mac.doFinal();
    for (int i = 0; i < digest.length; i++) {
      bytes[signature + 2 * i] = HEX[(digest[i] >> 4) & 15];
      bytes[signature + 2 * i + 1] = HEX[digest[i] & 15];
    }
    return Bytes.of(bytes);
  }

  @Override
  public int length() {
    return bytes.length;
  }

  /// Whom a request is about: one of many, never the same twice in a row.
  static long user(long sequence) {
    return Math.floorMod(sequence * 7_919, USERS);
  }

  private static String head(String host, int bodyBytes) {
    return "POST /webhooks/whatsapp HTTP/1.1\r\nHost: "
        + host
        + "\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\nContent-Type: application/json\r\n"
        + "X-Hub-Signature-256: sha256="
        + "0".repeat(SIGNATURE_DIGITS)
        + "\r\nContent-Length: "
        + bodyBytes
        + "\r\n\r\n";
  }

  private static String body(Business business, int bodyBytes) {
    String body =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"value":{\
        "messaging_product":"whatsapp","metadata":{"display_phone_number":"%s","phone_number_id":"%s"},\
        "contacts":[{"profile":{"name":"Killa"},"wa_id":"1555~"}],"messages":[{"from":"1555~",\
        "id":"!","timestamp":"^","text":{"body":"@"},"type":"text"}]},"field":"messages"}]}]}"""
            .formatted(business.wabaId(), business.displayPhoneNumber(), business.phoneNumberId())
            .replace("~", USER)
            .replace("!", MARK + SEQUENCE)
            .replace("^", TIME);
    int rest = bodyBytes - body.length() + 1;
    if (rest < 1) {
      throw new IllegalArgumentException("a body has at least " + body.length() + " bytes");
    }
    return body.replace("@", "x".repeat(rest));
  }

  private static String status(Business business) {
    return """
        {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"value":{\
        "messaging_product":"whatsapp","metadata":{"display_phone_number":"%s","phone_number_id":"%s"},\
        "contacts":[{"wa_id":"1555~"}],"statuses":[{"id":"wamid.HBgLMTU1NTAwMDAwMDAVABST!","status":\
        "delivered","timestamp":"^","recipient_id":"1555~","pricing":{"billable":true,\
        "pricing_model":"PMP","type":"regular","category":"utility"}}]},"field":"messages"}]}]}"""
        .formatted(business.wabaId(), business.displayPhoneNumber(), business.phoneNumberId())
        .replace("~", USER)
        .replace("!", SEQUENCE)
        .replace("^", TIME);
  }

  private static Mac mac(String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
