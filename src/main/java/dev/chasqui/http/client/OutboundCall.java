package dev.chasqui.http.client;

import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.outbound.Sender.Outbound;
import io.vertx.core.net.ClientSSLOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request on its way, and its clock, which runs from the moment we were asked.
///
/// @param tls its certificates, null for those of all requests
/// @param startNanos the system's monotonic time
record OutboundCall(
    Outbound request, Target.Url url, @Nullable ClientSSLOptions tls, long startNanos) {

  /// The time left until the deadline; not positive if it has passed.
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
