package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far the projection is, written by its loops, waited for by readers that want to see what
/// they just wrote. Its monitor guards everything in it.
final class Progress {

  private final StateLock lock = new StateLock();

  private boolean isStarted;
  private long cursor;
  private @Nullable Instant projectingSince;
  private final Map<Loop, ProjectionHealth.Trouble> troubles = new EnumMap<>(Loop.class);
  private long facts;
  private long failures;

  /// The two loops of the projection, each of which can fail by itself.
  enum Loop {
    PROJECTING,
    WRITING
  }

  /// All of it at one moment.
  ///
  /// @param projectingSince when the first fact was taken in of those that are being projected,
  ///   null if none are
  record Snapshot(
      boolean isStarted,
      long cursor,
      @Nullable Instant projectingSince,
      ProjectionHealth.@Nullable Trouble trouble,
      long facts,
      long failures) {}

  /// The loops begin here.
  void startAt(long position) {
    change(
        () -> {
          cursor = position;
          isStarted = true;
        });
  }

  /// Everything before the position is written.
  void moveTo(long position, int moreFacts, int moreFailures) {
    change(
        () -> {
          cursor = position;
          troubles.remove(Loop.WRITING);
          facts += moreFacts;
          failures += moreFailures;
        });
  }

  /// Facts are being projected, the first of which was taken in at this time.
  void begin(Instant oldest) {
    change(() -> projectingSince = oldest);
  }

  /// What was begun is left to be written, or there is nothing to begin.
  void well() {
    change(
        () -> {
          projectingSince = null;
          troubles.remove(Loop.PROJECTING);
        });
  }

  /// A loop could not go on.
  void trouble(Loop loop, String reason, Instant now) {
    change(
        () -> {
          ProjectionHealth.Trouble former = troubles.get(loop);
          Instant since = former == null ? now : former.since();
          troubles.put(loop, new ProjectionHealth.Trouble(reason, since));
        });
  }

  private void change(Runnable change) {
    lock.locked(
        () -> {
          change.run();
          lock.signal();
        });
  }

  Snapshot snapshot() {
    return lock.read(
        () -> {
          ProjectionHealth.Trouble trouble =
              troubles.getOrDefault(Loop.WRITING, troubles.get(Loop.PROJECTING));
          return new Snapshot(isStarted, cursor, projectingSince, trouble, facts, failures);
        });
  }

  /// Waits until everything before the position is projected.
  ///
  /// @return false if the limit passed first
  boolean await(long position, Duration limit) throws InterruptedException {
    return lock.await(() -> cursor >= position, limit);
  }
}
