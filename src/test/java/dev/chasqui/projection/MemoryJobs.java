package dev.chasqui.projection;

import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The failed jobs of a [MemoryStore].
record MemoryJobs(MemoryStore store) implements JobStore {

  @Override
  public Optional<FailedJob> find(JobId id) {
    synchronized (store) {
      return Optional.ofNullable(store.jobs.get(new EventId(id.ulid())));
    }
  }

  @Override
  public void recordRetry(JobId id, @Nullable String error, Instant at) {
    synchronized (store) {
      store.jobs.computeIfPresent(
          new EventId(id.ulid()),
          (_, job) ->
              new FailedJob(
                  job.id(),
                  job.workspace(),
                  job.event(),
                  job.position(),
                  new Status(
                      error == null ? "succeeded" : "failed",
                      job.status().attempts() + 1,
                      error == null ? job.status().error() : error,
                      at)));
    }
  }

  @Override
  public Page<FailedJob> list(WorkspaceId workspace, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong oldestFailedPosition() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putReplay(Replay replay) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void updateReplay(Replay replay) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Replay> findReplay(ReplayId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Replay> replaysOf(WorkspaceId workspace, EventId event, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Replay> unfinishedReplays() {
    throw new UnsupportedOperationException();
  }
}
