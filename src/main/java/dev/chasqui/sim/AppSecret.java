package dev.chasqui.sim;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The application's secret on the platform's side. It signs by itself rather than with the
/// gateway's own code, so that the two check each other.
public final class AppSecret implements Voice {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /// @throws IllegalArgumentException if the text is empty
  public AppSecret(String text) {
    this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /// The value of `X-Hub-Signature-256` for these bytes.
  public String sign(Bytes body) {
    Mac mac = mac();
    mac.update(body.array(), body.offset(), body.length());
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal());
  }

  /// A new request with these items.
  public SignedWebhook genuine(List<? extends Item> items, Layout layout) {
    return say(items, layout, SignedWebhook.Kind.GENUINE);
  }

  /// A webhook as a forger without the secret could send it, signed with another key.
  public SignedWebhook forged(List<? extends Item> items, Layout layout) {
    return say(items, layout, SignedWebhook.Kind.FORGED);
  }

  @Override
  public SignedWebhook say(List<? extends Item> items, Layout layout, SignedWebhook.Kind kind) {
    Bytes body = EnvelopeWriter.write(items, layout);
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "X-Hub-Signature-256", sign(body));
    return new SignedWebhook(body, headers, kind, items);
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "AppSecret";
  }
}
