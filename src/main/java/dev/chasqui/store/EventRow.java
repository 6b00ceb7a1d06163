package dev.chasqui.store;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Summary;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event as the projection writes it. Its time is in its id.
///
/// @param position of the fact in the journal
/// @param origin where it came in
/// @param scope which numbers and accounts it names, for filters
/// @param items what became of each notification, in order
public record EventRow(
    EventId id,
    long position,
    Origin origin,
    State state,
    Summary summary,
    Scope scope,
    List<Item> items) {

  public EventRow {
    items = List.copyOf(items);
  }

  /// Where an event came in.
  ///
  /// @param bodyHash SHA-256 of the body, 32 bytes
  public record Origin(
      WorkspaceId workspace,
      String source,
      @Nullable String deliveryId,
      boolean signatureValid,
      Bytes bodyHash) {

    /// Whether Meta's own signature was asked for, and nothing else could have proved the sender.
    public boolean isMetas() {
      return source.equals("whatsapp") || source.equals("meta");
    }
  }

  /// The numbers and accounts an event names.
  public record Scope(Set<String> phoneNumberIds, Set<String> wabaIds) {
    public Scope {
      phoneNumberIds = Set.copyOf(phoneNumberIds);
      wabaIds = Set.copyOf(wabaIds);
    }
  }

  /// The states of an event; `pending` is a fact that is not projected yet and has no row.
  public enum State {
    PROCESSED("processed"),
    /// Each of its items had been seen before.
    DUPLICATE("duplicate"),
    /// Not processed: no valid signature, or no envelope.
    REJECTED("rejected"),
    /// Its job failed.
    FAILED("failed");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }

    /// The word in the API and in the store.
    public String wire() {
      return wire;
    }

    /// @throws IllegalArgumentException if there is no such state
    public static State ofWire(String wire) {
      for (State state : values()) {
        if (state.wire.equals(wire)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no such event state: " + wire);
    }
  }

  /// One notification of an event, or a part that was skipped, as it is kept for the event's
  /// detail.
  ///
  /// @param path `e.c.i` for a notification, the JSON path for a skipped part
  /// @param kind `message`, `status`, `echo`, `call`, `change`, or `skipped`
  /// @param word the message type, the status, the call's event, or the reason of the skip
  /// @param field the change's field, empty if it has none
  /// @param itemId wamid or call id, null if none
  /// @param waId the user's phone number or BSUID, null if none
  /// @param verdict `new`, `duplicate`, `filtered` (no endpoint wants it), `unassigned` (its number
  ///   belongs to another workspace) or `skipped`
  public record Item(
      String path,
      String kind,
      String word,
      String field,
      @Nullable String itemId,
      @Nullable String waId,
      String verdict) {}
}
