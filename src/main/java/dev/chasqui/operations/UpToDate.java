package dev.chasqui.operations;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Lets a read wait, for a bounded time, until what was acknowledged before it is stored; notes on
/// the call how much the answer may lack.
public final class UpToDate {

  /// How long a read waits for what must be there.
  public static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /// What has begun is written some milliseconds later.
  public static final Duration MOMENT = Duration.ofSeconds(1);

  private final ProjectionGate gate;

  public UpToDate(ProjectionGate gate) {
    this.gate = gate;
  }

  /// To be called before events or deliveries are read.
  public void projected(Invocation call) throws InterruptedException {
    note(call, gate.awaitProjected(MOMENT));
  }

  /// To be called before the ledger or contacts are read.
  public void withLedger(Invocation call) throws InterruptedException {
    note(call, gate.awaitProjected(MAX_WAIT) && gate.flushLedger());
  }

  private void note(Invocation call, boolean isUpToDate) {
    if (!isUpToDate) {
      call.noteBehind(gate.behind());
    }
  }

  /// There is no such thing, as far as the call could see.
  public static Refusal notFound(Invocation call) {
    return notFound(call.behind());
  }

  /// There is no such thing, or it is among what was accepted within this time.
  static Refusal notFound(@Nullable Duration behind) {
    return behind == null
        ? Refusal.notFound()
        : Refusal.notFound(
            "there is no such resource, or it is not stored yet: the store is "
                + seconds(behind)
                + " s behind");
  }

  /// Whole seconds, rounded up, one at least.
  public static long seconds(Duration behind) {
    return Math.max(1, behind.plusMillis(999).toSeconds());
  }
}
