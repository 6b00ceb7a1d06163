package dev.chasqui.app;

import dev.chasqui.messaging.FallbackBridge;
import dev.chasqui.messaging.Submission;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.projection.CanonicalBody;
import dev.chasqui.store.EventViews;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whom messages went to over fallback channels: a bridge's statuses name the message alone. The
/// newest are in memory, since a status may come before the ledger has the message; of all others
/// the ledger tells. Safe for use by many threads.
final class BridgedMessages implements CanonicalBody.Recipients {

  /// Many more than are under way between a bridge and the ledger.
  private static final int REMEMBERED = 10_000;

  private final EventViews ledger;
  private final Map<Key, String> newest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Key(WorkspaceId workspace, String messageId) {}

  BridgedMessages(EventViews ledger) {
    this.ledger = ledger;
  }

  @Override
  public @Nullable String of(WorkspaceId workspace, String messageId) {
    String recent = recent(new Key(workspace, messageId));
    return recent != null
        ? recent
        : ledger.message(workspace, messageId).map(EventViews.MessageView::contact).orElse(null);
  }

  private synchronized @Nullable String recent(Key key) {
    return newest.get(key);
  }

  private synchronized void remember(WorkspaceId workspace, String messageId, Participant to) {
    String id = to.id();
    if (id != null) {
      newest.put(new Key(workspace, messageId), id);
    }
  }

  /// The same bridge, whose messages are remembered.
  FallbackBridge over(FallbackBridge bridge) {
    return new FallbackBridge() {
      @Override
      public boolean serves(WorkspaceId workspace, String phoneNumberId) {
        return bridge.serves(workspace, phoneNumberId);
      }

      @Override
      public Result send(EventId id, Submission submission) throws InterruptedException {
        Result result = bridge.send(id, submission);
        if (result instanceof Result.Taken taken) {
          remember(submission.workspace(), taken.messageId(), taken.recipient());
        }
        return result;
      }
    };
  }
}
