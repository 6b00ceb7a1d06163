package dev.chasqui.sim;

import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// A channel of Turn that sends its webhooks: the on-premises shape, signed with the channel's
/// secret. It has no words for account changes.
public final class TurnWebhooks implements Voice {

  private final ReceiverSecret.Turn secret;

  public TurnWebhooks(String secret) {
    this.secret = new ReceiverSecret.Turn(secret);
  }

  /// A message as Turn tells it.
  public SignedWebhook of(Item.Message message) {
    return say(List.of(message), Layout.ARRAYS, SignedWebhook.Kind.GENUINE);
  }

  @Override
  public SignedWebhook say(List<? extends Item> items, Layout layout, SignedWebhook.Kind kind) {
    Bytes body = Bytes.utf8(body(items));
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "X-Turn-Hook-Subscription",
            "whatsapp",
            ReceiverSecret.Turn.HEADER,
            secret.sign(body));
    return new SignedWebhook(body, headers, kind, items);
  }

  private static String body(List<? extends Item> items) {
    List<String> contacts = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    List<String> statuses = new ArrayList<>();
    for (Item item : items) {
      switch (item) {
        case Item.Message message -> {
          messages.add(message.json());
          if (!message.contact().isEmpty()) {
            contacts.add(message.contact());
          }
        }
        case Item.Status status -> statuses.add(status.json());
        case Item.Change change ->
            throw new IllegalArgumentException("Turn has no words for " + change.sample());
      }
    }
    StringJoiner members = new StringJoiner(",", "{", "}");
    add(members, "contacts", contacts);
    add(members, "messages", messages);
    add(members, "statuses", statuses);
    return members.toString();
  }

  private static void add(StringJoiner members, String name, List<String> elements) {
    if (!elements.isEmpty()) {
      members.add("\"" + name + "\":[" + String.join(",", elements) + "]");
    }
  }
}
