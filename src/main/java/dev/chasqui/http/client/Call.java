package dev.chasqui.http.client;

import dev.chasqui.delivery.Sender.Outbound;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import java.time.Duration;

/// A request on its way, and its clock, which runs from the moment we were asked.
///
/// @param startNanos the system's monotonic time
record Call(Outbound request, Target.Url url, long startNanos) {

  /// What is left until the deadline; not positive if it has passed.
  long remainingNanos() {
    return request.deadline().toNanos() - (System.nanoTime() - startNanos);
  }

  SendResult failed(Failure failure, String detail) {
    return new SendResult.Failed(failure, detail, took(startNanos));
  }

  SendResult timedOut() {
    return failed(
        Failure.TIMEOUT, "the deadline of " + request.deadline().toMillis() + " ms passed");
  }

  static Duration took(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
