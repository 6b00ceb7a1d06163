package dev.chasqui.store.sql;

import dev.chasqui.observe.Supervisor;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reading threads of a database, by lane.
final class Reads {

  private static final int PROJECTING = 1;
  private static final int WORKING = 2;

  private final Map<ReadLane, ReadThreads> lanes = new EnumMap<>(ReadLane.class);

  /// @param sessions called once for each thread
  Reads(
      StoreSettings.Reads settings,
      Supplier<? extends ReadSessions> sessions,
      Supervisor supervisor) {
    for (ReadLane lane : ReadLane.values()) {
      lanes.put(
          lane, new ReadThreads(lane, threads(lane, settings), settings, sessions, supervisor));
    }
  }

  /// How many connections the lanes use together.
  static int connections(StoreSettings.Reads settings) {
    int all = 0;
    for (ReadLane lane : ReadLane.values()) {
      all += threads(lane, settings);
    }
    return all;
  }

  private static int threads(ReadLane lane, StoreSettings.Reads settings) {
    return switch (lane) {
      case PROJECTION -> PROJECTING;
      case WORK -> WORKING;
      case VIEWS -> settings.viewers();
    };
  }

  <T extends @Nullable Object> T read(ReadLane lane, SqlWork<T> work) {
    ReadThreads threads = lanes.get(lane);
    if (threads == null) {
      throw new IllegalStateException("a lane without threads: " + lane);
    }
    return threads.read(work);
  }

  /// Ends all threads and their connections.
  void stop() throws InterruptedException {
    for (ReadThreads threads : lanes.values()) {
      threads.stop();
    }
  }
}
