package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.operations.ProjectionGate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Lets a read wait until what was acknowledged before it is stored, for a bounded time; an answer
/// that may lack something says so.
final class UpToDate {

  /// How old the oldest webhook is that an answer may lack.
  static final String BEHIND = "Chasqui-Behind-Seconds";

  private final ProjectionGate gate;

  UpToDate(ProjectionGate gate) {
    this.gate = gate;
  }

  /// To be called before events or deliveries are read.
  Mark projected() throws InterruptedException {
    return within(FindEvent.MOMENT);
  }

  Mark within(Duration limit) throws InterruptedException {
    return mark(gate.awaitProjected(limit));
  }

  /// To be called before the ledger or contacts are read.
  Mark withLedger() throws InterruptedException {
    return mark(gate.awaitProjected(FindEvent.MAX_WAIT) && gate.flushLedger());
  }

  private Mark mark(boolean isUpToDate) {
    return new Mark(isUpToDate ? null : gate.behind());
  }

  /// How far the store was when it was read.
  ///
  /// @param behind null if all was stored that was acknowledged
  record Mark(@Nullable Duration behind) {

    /// Nothing is missing.
    static final Mark NOW = new Mark(null);

    /// The answer, with a header if it may lack something.
    Response on(Response answer) {
      return behind == null ? answer : answer.with(BEHIND, Long.toString(seconds(behind)));
    }

    ProblemException notFound() {
      return behind == null
          ? OperatorCall.notFound()
          : ProblemException.notFound(
              "there is no such resource, or it is not stored yet: the store is "
                  + seconds(behind)
                  + " s behind");
    }

    private static long seconds(Duration time) {
      return Math.max(1, time.plusMillis(999).toSeconds());
    }
  }
}
