package dev.chasqui.sim;

import dev.chasqui.model.Bytes;
import java.util.List;
import java.util.Map;

/// A channel of Turn that sends its webhooks: the on-premises shape, one message each, signed with
/// the channel's secret. For one thread.
public final class TurnWebhooks {

  private final String secret;

  public TurnWebhooks(String secret) {
    this.secret = secret;
  }

  /// A message as Turn tells it.
  public SignedWebhook of(Item.Message message) {
    String contacts =
        message.contact().isEmpty() ? "" : "\"contacts\":[" + message.contact() + "],";
    Bytes body = Bytes.utf8("{" + contacts + "\"messages\":[" + message.json() + "]}");
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "X-Turn-Hook-Subscription",
            "whatsapp",
            ReceiverSecret.Turn.HEADER,
            new ReceiverSecret.Turn(secret).sign(body));
    return new SignedWebhook(body, headers, SignedWebhook.Kind.GENUINE, List.of(message));
  }
}
