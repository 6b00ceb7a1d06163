package dev.chasqui.app;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.MessageSubmitted;
import dev.chasqui.messaging.SubmittedMessages;
import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.ContentFilter;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.EventViews.Filter;
import dev.chasqui.store.EventViews.OriginFilter;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds submitted messages by way of the store's events, and reads them from the journal.
final class JournaledMessages implements SubmittedMessages {

  /// An intent and its outcome, and room for what else may mention the id.
  private static final int EVENTS = 10;

  private static final OriginFilter ANY_ORIGIN = new OriginFilter(null, null, null, null);

  private final Foundations base;

  JournaledMessages(Foundations base) {
    this.base = base;
  }

  @Override
  public Optional<MessageSubmitted> find(WorkspaceId workspace, String messageId) {
    Filter filter =
        new Filter(
            ANY_ORIGIN,
            new ContentFilter(Topic.MESSAGE_SUBMITTED, null, null, null, messageId, null),
            null,
            null);
    for (EventView event :
        base.store().events().list(workspace, filter, new PageRequest(EVENTS, null)).data()) {
      if (fact(event.row()) instanceof MessageSubmitted submitted
          && messageId.equals(submitted.sending().messageId())) {
        return Optional.of(submitted);
      }
    }
    return Optional.empty();
  }

  private @Nullable Fact fact(EventRow row) {
    return new ReadFacts(base.journal()).find(new Source(row.id(), row.position()));
  }
}
