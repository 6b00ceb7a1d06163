package dev.chasqui.api.turn;

import dev.chasqui.http.server.Response;
import java.util.List;

/// Turn's calls that belong to its inbox, its journeys or its data lake. They are refused with a
/// clear 501 rather than an unknown path: a client then says what is missing, and does not look for
/// a wrong address.
final class NotOffered implements TurnPart {

  /// What such a call may bring; it is not read.
  private static final int MAX_BODY_BYTES = 1 << 20;

  private static final String INBOX = "there is no inbox here, so conversations have no labels";
  private static final String JOURNEYS =
      "there are no journeys here; subscribe a webhook and answer with POST /v1/messages";
  private static final String EXPORT =
      "there is no data export here; see GET /api/v1/events of the operator API";
  private static final String CONTEXT = "there is no inbox here, so nothing shows a context";
  private static final String LOGIN =
      "tokens are made by an operator: POST /api/v1/tokens of the operator API";

  private record Call(String method, String path, String details) {}

  private static final List<Call> CALLS =
      List.of(
          new Call("GET", "/v1/labels", INBOX),
          new Call("POST", "/v1/labels", INBOX),
          new Call("POST", "/v1/messages/{id}/labels", INBOX),
          new Call("GET", "/v1/stacks", JOURNEYS),
          new Call("POST", "/v1/stacks", JOURNEYS),
          new Call("POST", "/v1/stacks/{uuid}/simulation", JOURNEYS),
          new Call("POST", "/v1/data/{kind}/cursor", EXPORT),
          new Call("GET", "/v1/data/{kind}/cursor/{cursor}", EXPORT),
          new Call("POST", "/v1/context", CONTEXT),
          new Call("POST", "/v1/numbers", "there is no Channels API here; see docs/turn-api.md"));

  @Override
  public void addTo(TurnRoutes routes) {
    for (Call call : CALLS) {
      routes.add(call.method(), call.path(), MAX_BODY_BYTES, _ -> refuse(call.details()));
    }
    // Who logs in has no token yet.
    routes
        .plain()
        .blocking(
            "POST",
            "/v1/users/login",
            MAX_BODY_BYTES,
            _ -> TurnAnswer.refusal(TurnException.notOffered(LOGIN)));
  }

  private static Response refuse(String details) {
    throw TurnException.notOffered(details);
  }
}
