package dev.chasqui.api.turn;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.TokenId;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.Callers;
import dev.chasqui.store.StoreException;
import java.util.List;

/// Finds out who calls, counts the call, lets it through, and makes Turn's answers of whatever
/// comes of it.
///
/// No token is 401, in Turn's error shape. A token that is not valid is 403 in plain text: clients
/// look at the status and do not expect JSON there (turn.md 10).
public final class TurnGate {

  private static final String INVALID = "Invalid WhatsApp Token";

  private final Callers callers;
  private final RateLimits limits;

  public TurnGate(Callers callers, RateLimits limits) {
    this.callers = callers;
    this.limits = limits;
  }

  /// Answers one call.
  Response pass(Request request, RateBucket bucket, TurnHandler handler)
      throws InterruptedException {
    TurnCaller caller;
    try {
      caller = caller(request.headers());
    } catch (Refused e) {
      return e.answer;
    }
    return counted(
        bucket, caller, () -> handled(() -> handler.handle(new TurnCall(request, caller))));
  }

  /// The caller that a request's bearer token belongs to.
  ///
  /// @throws Refused with the answer, if the token is missing or unknown, or may not call
  public TurnCaller caller(Headers headers) {
    String token = Callers.bearer(headers.first("Authorization"));
    if (token == null) {
      throw new Refused(
          TurnAnswer.refusal(
                  401,
                  List.of(
                      new TurnFault(
                          1005, "Access denied", "send Authorization: Bearer and a token")))
              .with("WWW-Authenticate", "Bearer realm=\"chasqui\""));
    }
    Caller caller = callers.byToken(token).orElseThrow(() -> forbidden(""));
    return ofNumber(caller);
  }

  private static TurnCaller ofNumber(Caller caller) {
    boolean sends =
        switch (caller.kind()) {
          case API, JOURNEY -> true;
          case ADMIN, VIEWER, META, APP -> false;
        };
    String number = caller.phoneNumberId();
    TokenId token = caller.token();
    if (!sends || number == null || token == null) {
      throw forbidden(": use one of kind api or journey that names a phone number");
    }
    return new TurnCaller(caller.workspace(), number, caller.kind(), token);
  }

  private static Refused forbidden(String more) {
    return new Refused(Response.text(403, INVALID + more));
  }

  /// Whether an answer says that the token is not valid.
  public static boolean isOfWrongToken(Response answer) {
    return answer.status() == 403 && answer.body().equals(Bytes.utf8(INVALID));
  }

  /// Counts a call in its bucket and writes on its answer what is left; over the limit, answers it.
  ///
  /// @param answer makes the answer; is not asked over the limit
  public Response counted(RateBucket bucket, TurnCaller caller, Answer answer)
      throws InterruptedException {
    RateLimits.Taken taken = limits.take(caller.phoneNumberId(), bucket);
    Response response = taken.isOver() ? TurnAnswer.rateLimited(bucket) : answer.make();
    for (Header header : taken.headers()) {
      response = response.with(header.name(), header.value());
    }
    return response;
  }

  /// Makes answers of what ends a call.
  public Response handled(Answer answer) throws InterruptedException {
    try {
      return answer.make();
    } catch (TurnException e) {
      return TurnAnswer.refusal(e);
    } catch (StoreException e) {
      if (e.isTemporary()) {
        return TurnAnswer.refusal(TurnException.busy());
      }
      throw e;
    }
  }

  @FunctionalInterface
  public interface Answer {
    /// @throws TurnException if the call cannot be done
    Response make() throws InterruptedException;
  }

  /// The token is missing or unknown, or its owner may not call.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Response answer;

    private Refused(Response answer) {
      super("refused", null, false, false);
      this.answer = answer;
    }

    public Response answer() {
      return answer;
    }
  }
}
