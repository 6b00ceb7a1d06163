package dev.chasqui.sim;

import dev.chasqui.model.Bytes;
import java.util.List;
import java.util.Map;

/// One request of the platform.
///
/// @param body the exact bytes that were signed
/// @param headers as they are sent
/// @param kind what the receiver ought to make of it
/// @param items what is in it
public record SignedWebhook(
    Bytes body, Map<String, String> headers, Kind kind, List<? extends Item> items) {

  public SignedWebhook {
    headers = Map.copyOf(headers);
    items = List.copyOf(items);
  }

  /// The kinds of requests, by the answer that a receiver ought to give.
  public enum Kind {
    /// New and well signed.
    GENUINE,
    /// The same bytes as an earlier one.
    DUPLICATE,
    /// Signed with a key that is not the application's.
    FORGED
  }

  /// The same request once more, as the platform repeats it.
  public SignedWebhook again() {
    return new SignedWebhook(body, headers, Kind.DUPLICATE, items);
  }

  /// The topic that the receiver ought to give it.
  public String topic() {
    if (items.stream().anyMatch(SignedWebhook::isMessage)) {
      return "messages";
    }
    return items.stream().anyMatch(Item.Status.class::isInstance) ? "message_status" : "unknown";
  }

  private static boolean isMessage(Item item) {
    return switch (item) {
      case Item.Message _ -> true;
      case Item.Status _ -> false;
      case Item.Change change ->
          change.field().equals("messages") && change.value().contains("\"messages\":[");
    };
  }
}
