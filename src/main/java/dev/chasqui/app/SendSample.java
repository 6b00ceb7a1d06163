package dev.chasqui.app;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Version;
import dev.chasqui.operations.TestDelivery;
import dev.chasqui.outbound.Sender;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sends an endpoint a sample message at once, rendered and signed as a delivery is. Nothing is
/// stored.
final class SendSample implements TestDelivery {

  private static final int KEEP_BYTES = 2_048;

  private final Dialects dialects;
  private final Sender sender;
  private final Foundations base;

  SendSample(Dialects dialects, Sender sender, Foundations base) {
    this.dialects = dialects;
    this.sender = sender;
    this.base = base;
  }

  @Override
  public Sent send(Endpoint endpoint) throws InterruptedException {
    Instant now = base.clock().instant();
    Ulid id = base.ids().next();
    Rendered rendered = dialects.get(endpoint.dialect()).render(outgoing(endpoint, id, now));
    Map<String, String> headers = new LinkedHashMap<>(endpoint.access().headers());
    headers.putAll(rendered.headerMap());
    headers.put("User-Agent", "Chasqui/" + Version.VALUE);
    headers.put("Chasqui-Delivery-Id", new DeliveryId(id).toString());
    headers.put("Chasqui-Event-Id", new EventId(id).toString());
    headers.put("Chasqui-Attempt", "1");
    headers.put("Chasqui-Test", "1");
    SendResult result =
        sender.send(
            new Sender.Outbound(
                    "POST",
                    endpoint.url(),
                    headers,
                    rendered.body(),
                    endpoint.policy().deadline(),
                    KEEP_BYTES)
                .with(endpoint.access().tls()));
    boolean delivered =
        result instanceof SendResult.Answered answered
            && endpoint.policy().verdicts().success().contains(answered.status());
    return new Sent(delivered, result);
  }

  private Outgoing outgoing(Endpoint endpoint, Ulid id, Instant now) {
    return new Outgoing(
        new Outgoing.Identity(
            endpoint.workspace(),
            new DeliveryId(id),
            new EventId(id),
            now,
            endpoint.access().account(),
            endpoint.interest().subscriptions(),
            endpoint.interest().extras().exactPayload()),
        new Outgoing.Source(
            sample(id, now), List.of(new ItemPath(0, 0, 0)), "application/json", null),
        new Outgoing.Secrets(
            endpoint.access().secrets(), base.directory().appSecrets(endpoint.workspace())),
        now);
  }

  private static Bytes sample(Ulid id, Instant now) {
    return Bytes.utf8(
        """
        {"object":"whatsapp_business_account","entry":[{"id":"0","changes":[{"field":"messages",\
        "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550000000",\
        "phone_number_id":"0"},"contacts":[{"profile":{"name":"Chasqui test"},"wa_id":\
        "15550000001"}],"messages":[{"from":"15550000001","id":"wamid.chasqui-test-%s",\
        "timestamp":"%d","type":"text","text":{"body":"A test from Chasqui."}}]}}]}]}\
        """
            .formatted(id, now.getEpochSecond()));
  }
}
