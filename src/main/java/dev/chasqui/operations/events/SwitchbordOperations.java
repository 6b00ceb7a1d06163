package dev.chasqui.operations.events;

import dev.chasqui.model.EventId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.JobStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Webhooks in the shapes of Switchbord's `/internal/webhooks`, for tools that were written for it.
public final class SwitchbordOperations {

  /// How many of the newest replays a webhook's detail tells.
  private static final int REPLAYS = 20;

  private final EventViews events;
  private final JobStore jobs;
  private final EventOperations.Reading reading;
  private final Replayer replayer;

  public SwitchbordOperations(
      EventViews events, JobStore jobs, EventOperations.Reading reading, Replayer replayer) {
    this.events = events;
    this.jobs = jobs;
    this.reading = reading;
    this.replayer = replayer;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("webhooks.list", Matching.class, "Lists webhooks in Switchbord's shape")
            .one(Webhooks.class, this::list),
        Operation.reads("webhooks.get", One.class, "Tells a webhook in Switchbord's shape")
            .one(Found.class, this::get),
        Operation.changes("webhooks.replay", One.class, "Processes a webhook again")
            .one(Begun.class, this::replay));
  }

  /// A page of the webhooks that match.
  public record Matching(@Flat EventFilter filter, @Flat Paging page) {}

  /// One webhook.
  public record One(EventId id) {}

  /// Webhooks, newest first.
  public record Webhooks(List<EventView.Webhook> webhooks) {}

  /// A webhook that is there.
  public record Found(Detail webhook) {}

  /// All about a webhook.
  public record Detail(
      @Flat EventView.Webhook webhook,
      EventRow.State normalizationStatus,
      @Doc("How often the same webhook came in again.") int sightings,
      @Doc("As received; null for viewers, and once the bytes are deleted.")
          @Nullable List<EventDetail.Header> headers,
      @Doc("Whether it can be processed again.") boolean replayable,
      @Doc("Its newest replays, 20 at most.") List<Replay> replays) {}

  /// A replay of one webhook.
  public record Replay(
      ReplayId id, Instant requestedAt, String state, long total, long done, Instant updatedAt) {

    private static Replay of(JobStore.Replay replay) {
      return new Replay(
          replay.id(),
          replay.id().ulid().time(),
          replay.state(),
          replay.progress().total(),
          replay.progress().done(),
          replay.progress().updatedAt());
    }
  }

  /// A replay that was begun.
  public record Begun(EventId webhookEventId, @Nullable ReplayId replayId) {}

  private Webhooks list(Invocation call, Matching wanted) throws InterruptedException {
    EventViews.Filter filter = wanted.filter().stored();
    reading.upToDate().projected(call);
    Listed<EventView.Webhook> page =
        Listed.read(
            wanted.page(),
            asked -> events.list(call.workspace(), filter, asked),
            view -> EventView.Webhook.of(view.row()));
    return new Webhooks(page.data());
  }

  private Found get(Invocation call, One one) throws InterruptedException {
    EventViews.EventView view = reading.find().byId(call, one.id());
    EventRow row = view.row();
    reading.memory().takeForEvent(call, row);
    RawEvents.Raw.Kept kept = reading.raw().read(row) instanceof RawEvents.Raw.Kept it ? it : null;
    return new Found(
        new Detail(
            EventView.Webhook.of(row),
            row.state(),
            view.sightings(),
            kept != null && call.mayReadContent() ? EventDetail.Header.of(kept) : null,
            kept != null && row.state() != EventRow.State.REJECTED,
            jobs.replaysOf(call.workspace(), row.id(), REPLAYS).stream().map(Replay::of).toList()));
  }

  private Begun replay(Invocation call, One one) throws InterruptedException {
    EventId id = reading.find().byId(call, one.id()).row().id();
    Replayer.Selection selection = new Replayer.Selection.Events(List.of(id));
    Replayer.Order order = new Replayer.Order(selection, null, null, false);
    try {
      return new Begun(id, replayer.start(call.workspace(), order).id());
    } catch (IllegalArgumentException e) {
      throw Refusal.conflict(String.valueOf(e.getMessage()));
    }
  }
}
