package dev.chasqui.operations.events;

import dev.chasqui.model.Topic;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.Words;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which events are listed; null stands for any.
public record EventFilter(
    @Flat Kind kind,
    @Flat Subject subject,
    @Flat Outcome outcome,
    @Doc("Received at this time or later.") @Nullable Instant since,
    @Doc("Received before this time.") @Nullable Instant until) {

  static final int MAX_TEXT = 1_000;

  /// What came in, and where.
  public record Kind(
      @Nullable Topic topic,
      @Doc(value = "Where it came in.", example = "whatsapp") @Length(MAX_TEXT)
          @Nullable String source,
      @Nullable Boolean signatureValid,
      @Doc(value = "The field of one of its changes.", example = "messages") @Length(MAX_TEXT)
          @Nullable String field) {}

  /// Whom and what it concerns.
  public record Subject(
      @Length(MAX_TEXT) @Nullable String phoneNumberId,
      @Length(MAX_TEXT) @Nullable String wabaId,
      @Doc("The id of a message in it.") @Length(MAX_TEXT) @Nullable String wamid,
      @Doc("A contact in it, by phone number or by BSUID.") @Length(MAX_TEXT)
          @Nullable String waId) {}

  /// What became of it.
  public record Outcome(
      EventRow.@Nullable State state,
      @Doc("Why it was rejected.") @Words({"invalid_json", "invalid_payload", "invalid_signature"})
          @Nullable String reason,
      @Doc("The delivery id that its sender gave.") @Length(MAX_TEXT)
          @Nullable String deliveryId) {}

  /// As the store takes it.
  public EventViews.Filter stored() {
    return new EventViews.Filter(
        new EventViews.OriginFilter(
            kind.source, kind.signatureValid, outcome.state, outcome.deliveryId, outcome.reason),
        new EventViews.ContentFilter(
            kind.topic,
            kind.field,
            subject.phoneNumberId,
            subject.wabaId,
            subject.wamid,
            subject.waId),
        since,
        until);
  }
}
