package dev.chasqui.http.server;

import dev.chasqui.http.server.ServerEvents.Refusal;
import dev.chasqui.http.server.ServerSettings.Deadlines;
import java.time.Duration;

/// Decides which connections are late. Time is counted in ticks, at which a loop looks at all its
/// connections; deadlines are rounded up to whole ticks.
final class Lateness {

  /// How long a refused caller may go on sending.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final Duration MAX_TICK = Duration.ofSeconds(1);
  private static final Duration MIN_TICK = Duration.ofMillis(10);
  private static final int TICKS_PER_DEADLINE = 4;

  private final Duration tickLength;
  private final long headTicks;
  private final long bodyTicks;
  private final long idleTicks;
  private final long lingerTicks;

  Lateness(Deadlines deadlines) {
    this.tickLength = tickLength(deadlines);
    this.headTicks = ticks(deadlines.head());
    this.bodyTicks = ticks(deadlines.body());
    this.idleTicks = ticks(deadlines.idle());
    this.lingerTicks = ticks(LINGER);
  }

  Duration tickLength() {
    return tickLength;
  }

  /// Ends a connection that is late.
  void judge(Connection connection, long tick) {
    long waited = tick - connection.since();
    switch (connection.phase()) {
      case HEAD -> {
        if (waited > headTicks) {
          connection.refuse(late("request line and headers"), Refusal.HEAD_TOO_SLOW);
        }
      }
      case BODY -> {
        if (waited > bodyTicks) {
          connection.refuse(late("body"), Refusal.BODY_TOO_SLOW);
        }
      }
      case IDLE -> closeAfter(idleTicks, waited, connection);
      case END -> closeAfter(lingerTicks, waited, connection);
      case STREAM -> connection.judgeStream();
      case ANSWER -> {}
    }
  }

  private static ProblemException late(String part) {
    return new ProblemException(408, "Request timeout", "the " + part + " took too long to arrive");
  }

  private static void closeAfter(long ticks, long waited, Connection connection) {
    if (waited > ticks) {
      connection.close();
    }
  }

  long ticks(Duration duration) {
    return Math.ceilDiv(duration.toMillis(), tickLength.toMillis());
  }

  private static Duration tickLength(Deadlines deadlines) {
    Duration shortest = deadlines.head();
    for (Duration other : new Duration[] {deadlines.body(), deadlines.idle()}) {
      shortest = shortest.compareTo(other) < 0 ? shortest : other;
    }
    Duration quarter = shortest.dividedBy(TICKS_PER_DEADLINE);
    if (quarter.compareTo(MIN_TICK) < 0) {
      return MIN_TICK;
    }
    return quarter.compareTo(MAX_TICK) > 0 ? MAX_TICK : quarter;
  }
}
