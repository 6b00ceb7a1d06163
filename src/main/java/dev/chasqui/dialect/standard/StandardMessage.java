package dev.chasqui.dialect.standard;

import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The headers of a message of Standard Webhooks: its id, the attempt's time, and a signature for
/// each secret, so that receivers can change theirs at any time.
public final class StandardMessage {

  private StandardMessage() {}

  /// @param secrets what it is signed with, newest first; without any it is not signed
  /// @param id the message's id, the same in every attempt
  /// @param now the attempt's time
  public static List<Header> headers(List<String> secrets, String id, Instant now, Bytes body) {
    String timestamp = Long.toString(now.getEpochSecond());
    List<Header> headers = new ArrayList<>(4);
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("webhook-id", id));
    headers.add(new Header("webhook-timestamp", timestamp));
    if (!secrets.isEmpty()) {
      headers.add(new Header("webhook-signature", signatures(secrets, id, timestamp, body)));
    }
    return headers;
  }

  private static String signatures(List<String> secrets, String id, String timestamp, Bytes body) {
    Bytes signed = Bytes.utf8(id + "." + timestamp + ".");
    List<String> signatures = new ArrayList<>(secrets.size());
    for (String secret : secrets) {
      byte[] hmac = StandardSecret.key(secret).hmac(signed, body);
      signatures.add("v1," + Base64.getEncoder().encodeToString(hmac));
    }
    return String.join(" ", signatures);
  }
}
