package dev.chasqui.store;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The queries of operators for events, messages and contacts.
public interface EventViews {

  /// Events that match, newest first. Of their items only those are told that the filter names,
  /// none if it names nobody. A contact is found by each of its ids. A bad cursor is an
  /// [IllegalArgumentException].
  Page<EventView> list(WorkspaceId workspace, Filter filter, PageRequest page);

  /// One event, with its first items, as many as a page has at most.
  Optional<EventView> find(EventId id);

  /// The items of an event, in its order. A bad cursor is an [IllegalArgumentException].
  Page<EventRow.Item> items(EventId id, PageRequest page);

  /// Whether one of an event's items matches, however many it has.
  boolean hasItem(EventId id, Predicate<EventRow.Item> wanted);

  /// Those items of an event that had come before in another.
  List<EventRow.Item> repeated(EventId id, int limit);

  /// The rejected events of a workspace received since a time, oldest first, for re-verification.
  List<EventView> rejectedSince(WorkspaceId workspace, Instant since, int limit);

  /// Turns a rejected event into one that is processed, with what its deliveries are: those that
  /// are owed, and those that rules of their endpoints kept out.
  void accept(
      EventRow row, List<ProjectionStore.Owed> owed, List<ProjectionStore.Filtered> filtered);

  /// The ledger row of a message, empty if nothing was ever said of it.
  Optional<MessageView> message(WorkspaceId workspace, String wamid);

  /// A contact by phone number or BSUID.
  Optional<ContactView> contact(WorkspaceId workspace, String id);

  /// Events, notifications and deliveries by state, for the stats.
  Map<String, Map<String, Long>> counts(WorkspaceId workspace);

  record EventView(EventRow row, int sightings) {}

  /// The filter of a list; null stands for any.
  ///
  /// @param origin filters on where and how it came in
  /// @param content filters on what is in it
  /// @param since received at or after
  /// @param until received before
  record Filter(
      OriginFilter origin,
      ContentFilter content,
      @Nullable Instant since,
      @Nullable Instant until) {}

  /// Filters on where and how an event came in; null stands for any.
  ///
  /// @param reason why it was rejected: a bad signature ([#INVALID_SIGNATURE]), or a topic that is
  ///   no envelope
  record OriginFilter(
      @Nullable String source,
      @Nullable Boolean signatureValid,
      EventRow.@Nullable State state,
      @Nullable String deliveryId,
      @Nullable String reason) {

    /// The reason that no topic tells.
    public static final String INVALID_SIGNATURE = "invalid_signature";

    /// Whatever the reason.
    public OriginFilter(
        @Nullable String source,
        @Nullable Boolean signatureValid,
        EventRow.@Nullable State state,
        @Nullable String deliveryId) {
      this(source, signatureValid, state, deliveryId, null);
    }
  }

  /// Filters on what is in an event; null stands for any.
  record ContentFilter(
      @Nullable Topic topic,
      @Nullable String field,
      @Nullable String phoneNumberId,
      @Nullable String wabaId,
      @Nullable String wamid,
      @Nullable String waId) {}

  /// A message with all that was said of it.
  ///
  /// @param direction `inbound` or `outbound`
  /// @param type the message type, null if only statuses are known
  /// @param state the furthest state: `received`, `sent`, `delivered`, `read`, `played`, `failed`
  /// @param contact the user's phone number or BSUID, null if not told
  /// @param statuses each status with its time, oldest first
  record MessageView(
      String wamid,
      @Nullable String phoneNumberId,
      String direction,
      @Nullable String type,
      String state,
      @Nullable String contact,
      List<StatusView> statuses) {}

  record StatusView(
      String status,
      @Nullable Instant at,
      @Nullable String participant,
      List<Long> errorCodes,
      EventId event) {}

  /// A contact.
  ///
  /// @param lastInboundAt when the user last wrote, null if never
  record ContactView(
      @Nullable String waId,
      @Nullable String userId,
      @Nullable String name,
      int whatsappFailures,
      boolean fallbackActive,
      @Nullable Instant lastInboundAt) {}
}
