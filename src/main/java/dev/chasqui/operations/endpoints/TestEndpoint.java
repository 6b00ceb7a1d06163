package dev.chasqui.operations.endpoints;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.SendResult;
import dev.chasqui.operations.TestDelivery;
import dev.chasqui.operations.shape.Doc;
import org.jspecify.annotations.Nullable;

/// Sends a sample event to an endpoint at once and tells what became of it.
public final class TestEndpoint {

  private final TestDelivery delivery;

  public TestEndpoint(TestDelivery delivery) {
    this.delivery = delivery;
  }

  /// What became of a sample.
  record Tested(
      @Doc("Whether the endpoint's rules count the answer as success.") boolean delivered,
      @Doc("The HTTP status; null if there was no answer.") @Nullable Integer status,
      @Doc("delivered, refused, or how sending failed.") String outcome,
      @Nullable String error,
      @Doc("The beginning of the answer.") @Nullable String responseBody,
      @Doc("From the start to the end, milliseconds.") long millis,
      @Doc("What to do about it; null if nothing.") @Nullable String hint) {}

  Tested run(Endpoint endpoint) throws InterruptedException {
    TestDelivery.Sent sent = delivery.send(endpoint);
    long millis = sent.result().took().toMillis();
    return switch (sent.result()) {
      case SendResult.Answered answered ->
          new Tested(
              sent.delivered(),
              answered.status(),
              sent.delivered() ? "delivered" : "refused",
              null,
              answered.body().toUtf8(),
              millis,
              hint(endpoint, sent.delivered(), answered.status()));
      case SendResult.Failed failed ->
          new Tested(
              sent.delivered(), null, failed.failure().wire(), failed.detail(), null, millis, null);
    };
  }

  /// What to do about a 2xx that is no success, null if it is none.
  private static @Nullable String hint(Endpoint endpoint, boolean delivered, int status) {
    if (delivered || status / 100 != 2) {
      return null;
    }
    return "its policy counts %s alone as success, so a delivery would be sent again; if this answer"
            .formatted(endpoint.policy().verdicts().success().text())
        + " means success: PATCH /api/v1/endpoints/%s {\"policy\":{\"success\":\"2xx\"}}"
            .formatted(endpoint.id());
  }
}
