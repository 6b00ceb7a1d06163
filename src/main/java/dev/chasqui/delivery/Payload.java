package dev.chasqui.delivery;

import dev.chasqui.dialect.EventBody;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The items and raw bytes of an event, shared by its deliveries.
///
/// @param at when the event was taken in
/// @param content the raw bytes as they were received
/// @param contentType the event's `Content-Type`, null if it had none
/// @param signature the event's own signature header, null if it had none
public record Payload(
    WorkspaceId workspace,
    EventId event,
    Instant at,
    EventBody content,
    @Nullable String contentType,
    @Nullable String signature) {

  /// A payload of bytes that nobody has read yet.
  public Payload(
      WorkspaceId workspace,
      EventId event,
      Instant at,
      Bytes body,
      @Nullable String contentType,
      @Nullable String signature) {
    this(workspace, event, at, new EventBody(body), contentType, signature);
  }

  /// The raw bytes.
  public Bytes body() {
    return content.bytes();
  }
}
