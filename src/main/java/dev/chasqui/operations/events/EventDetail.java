package dev.chasqui.operations.events;

import dev.chasqui.model.JobId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.DeliveryView;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.store.EventRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All about an event, with the first page of its notifications and of its deliveries.
public record EventDetail(
    @Flat EventView event, @Flat Scope scope, @Flat Received received, @Flat Owed owed) {

  /// What it is about.
  public record Scope(
      WorkspaceId workspace, JobId jobId, List<String> phoneNumberIds, List<String> wabaIds) {

    static Scope of(EventRow row) {
      return new Scope(
          row.origin().workspace(),
          new JobId(row.id().ulid()),
          row.scope().phoneNumberIds().stream().sorted().toList(),
          row.scope().wabaIds().stream().sorted().toList());
    }
  }

  /// What came in. Headers and the query hold what proves the sender, and are not for viewers.
  public record Received(
      List<Notification> notifications,
      @Doc("Where GET /api/v1/events/{id}/notifications goes on; null if these are all.")
          @Nullable String notificationsCursor,
      @Doc("As received; null for viewers, and once the bytes are deleted.")
          @Nullable List<Header> headers,
      @Doc("The raw query; null for viewers, and once the bytes are deleted.")
          @Nullable String query,
      @Doc("What proved the sender; null if nothing did, and once the bytes are deleted.")
          @Nullable String authentication) {}

  /// One header field as it was spelled.
  public record Header(String name, String value) {

    static List<Header> of(RawEvents.Raw.Kept kept) {
      return kept.headers().stream().map(it -> new Header(it.name(), it.value())).toList();
    }
  }

  /// Where it goes.
  public record Owed(
      List<DeliveryView> deliveries,
      @Doc("Where GET /api/v1/events/{id}/deliveries goes on; null if these are all.")
          @Nullable String deliveriesCursor,
      @Doc("The endpoints that get nothing of it, or not all, and why.") List<DeliveryView> keptOut,
      @Doc("What else is to be said of its routing.") List<String> notes) {}

  /// One notification in an event, or a part that was skipped.
  public record Notification(
      @Doc(value = "Entry, change and item, counted from 0.", example = "0.0.0") String path,
      String kind,
      @Doc("The type of a message, the status, the event of a call, or why it was skipped.")
          String word,
      @Doc("The field of its change; empty if it has none.") String field,
      @Doc("The id of the message or call; null if it has none.") @Nullable String itemId,
      @Doc("The user's phone number or BSUID; null if not told.") @Nullable String waId,
      String verdict) {

    static Notification of(EventRow.Item item) {
      return new Notification(
          item.path(),
          item.kind(),
          item.word(),
          item.field(),
          item.itemId(),
          item.waId(),
          item.verdict());
    }
  }
}
