package dev.chasqui.dialect;

import dev.chasqui.dialect.Outgoing.Secrets;
import dev.chasqui.dialect.Outgoing.Source;
import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Renders deliveries for tests, as the gateway would.
public final class Render {

  /// When the event came in.
  public static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:05.123456Z");

  private final Dialect dialect;
  private List<String> secrets = List.of();
  private @Nullable String account;
  private Set<String> subscriptions = Set.of();
  private boolean exactPayload;

  public Render(Dialect dialect) {
    this.dialect = dialect;
  }

  /// The endpoint has these secrets.
  public Render secrets(String... newestFirst) {
    secrets = List.of(newestFirst);
    return this;
  }

  /// The endpoint knows the sender by this account.
  public Render account(String name) {
    account = name;
    return this;
  }

  /// The endpoint has subscribed to these words.
  public Render subscribed(String... words) {
    subscriptions = Set.of(words);
    return this;
  }

  /// The endpoint wants what was sent as it was submitted.
  public Render exactPayload() {
    exactPayload = true;
    return this;
  }

  /// The delivery of the item at a path.
  public Rendered item(Bytes event, ItemPath path, Instant now) {
    Outgoing.Identity identity =
        new Outgoing.Identity(
            WorkspaceId.DEFAULT,
            new DeliveryId(Ulid.first(RECEIVED)),
            new EventId(Ulid.first(RECEIVED)),
            RECEIVED,
            account,
            subscriptions,
            exactPayload);
    Source source = new Source(event, List.of(path), null, null);
    return dialect.render(new Outgoing(identity, source, new Secrets(secrets, List.of()), now));
  }

  /// The body of the delivery of an envelope's first item.
  public JsonNode first(String envelope) {
    return Json.read(item(Bytes.utf8(envelope), new ItemPath(0, 0, 0), RECEIVED).body());
  }

  /// The bodies of all deliveries that an event comes to.
  public List<Bytes> all(Bytes event) {
    List<Bytes> bodies = new ArrayList<>();
    if (EnvelopeScanner.scan(event) instanceof Envelope envelope) {
      for (List<Notification> unit : dialect.units(Notifications.of(envelope))) {
        bodies.add(item(event, unit.getFirst().path(), RECEIVED).body());
      }
    }
    return bodies;
  }

  /// An envelope of field `messages` whose value has these members.
  public static String envelope(String members) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"77","changes":[{"field":"messages",\
    "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"+591 71",\
    "phone_number_id":"5"},%s}}]}]}\
    """
        .formatted(members);
  }

  /// An envelope with one message of a known user.
  public static String message(String type, String members) {
    return envelope(
        """
        "contacts":[ {"profile":{"name":"Ana"}, "wa_id":"591720","user_id":"BO.1"}],"messages":[{\
        "from":"591720","id":"wamid.A","timestamp":"1767225600","type":"%s",%s}]\
        """
            .formatted(type, members));
  }

  /// An envelope with one status.
  public static String status(String status, String members) {
    return envelope(
        """
        "statuses":[{"id":"wamid.B","status":"%s","timestamp":"1767225601",%s}]\
        """
            .formatted(status, members));
  }
}
