package dev.chasqui.store;

import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Failed jobs and replays. A job that went well has no row.
public interface JobStore {

  /// The row of a job, empty if it never failed.
  Optional<FailedJob> find(JobId id);

  /// Newest first.
  Page<FailedJob> list(WorkspaceId workspace, PageRequest page);

  /// The lowest journal position of a job that still waits for its retry, empty if none.
  OptionalLong oldestFailedPosition();

  /// Marks a job as done after its retry, or keeps its newest error.
  ///
  /// @param error null if it went well
  void recordRetry(JobId id, @Nullable String error, Instant at);

  /// Adds a replay.
  void putReplay(Replay replay);

  /// Writes the progress of a replay.
  void updateReplay(Replay replay);

  Optional<Replay> findReplay(ReplayId id);

  /// The replays that were about an event, newest first: those whose order names it, among the
  /// newest thousand, and those that were the last to make one of its deliveries due.
  ///
  /// @param limit how many at most
  List<Replay> replaysOf(WorkspaceId workspace, EventId event, int limit);

  /// Replays that were under way, for going on after a restart.
  List<Replay> unfinishedReplays();

  /// A job whose record could not be projected.
  ///
  /// @param position of the fact in the journal
  record FailedJob(JobId id, WorkspaceId workspace, EventId event, long position, Status status) {}

  /// How a failed job stands.
  ///
  /// @param state `failed`, or `succeeded` after a retry
  /// @param error one line, without personal data
  record Status(String state, int attempts, String error, Instant updatedAt) {}

  /// A replay.
  ///
  /// @param request what was asked for, as JSON
  /// @param state `running`, `done`, `cancelled` or `failed`
  record Replay(
      ReplayId id, WorkspaceId workspace, String request, String state, Progress progress) {}

  /// How far a replay is.
  ///
  /// @param total how many deliveries or events it is about
  /// @param done how many are made due again
  /// @param after the last id done, for going on after a restart; null at first
  record Progress(long total, long done, @Nullable String after, Instant updatedAt) {}
}
