package dev.chasqui.sim;

/// What a change of field `messages` holds beside what its item says.
final class Contents {

  private Contents() {}

  /// Whether the item is a whole change of field `messages` with messages in it.
  static boolean holdsMessages(Item item) {
    return item instanceof Item.Change change
        && change.field().equals("messages")
        && change.value().contains("\"messages\":[");
  }
}
