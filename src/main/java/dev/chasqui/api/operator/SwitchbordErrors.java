package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.operations.Refusal;

/// Writes refusals as Switchbord's `/internal/webhooks` does.
final class SwitchbordErrors {

  /// Where its tools ask.
  static final String ROOT = "/internal/webhooks";

  private SwitchbordErrors() {}

  /// @throws Refusal if Switchbord has no shape for it
  static Response answer(Refusal refusal) {
    return switch (refusal.kind()) {
      case NOT_FOUND -> new JsonAnswer().add("error", "webhook_not_found").response(404);
      case CONFLICT ->
          new JsonAnswer()
              .add("error", "not_replayable")
              .add("reason", refusal.detail())
              .response(409);
      case BAD_INPUT, FORBIDDEN, GONE -> throw refusal;
    };
  }
}
