package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.InvalidBodyException;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.operations.Refusal;
import dev.chasqui.store.StoreException;
import java.util.List;

/// The one table from what may go wrong in an operation to its problem document.
final class Problems {

  private Problems() {}

  /// Answers a request, whatever goes wrong; what is not in the table is our own fault and left to
  /// the server.
  static Response around(Request request, Answering answering) throws InterruptedException {
    try {
      return answering.answer(request);
    } catch (MalformedJsonException e) {
      return Response.problem(
          new ProblemException(400, "Bad body", "the body is not a JSON document", e));
    } catch (InvalidBodyException e) {
      return Response.problem(badBody(e));
    } catch (Refusal e) {
      return Response.problem(refusal(e));
    } catch (StoreException e) {
      if (!e.isTemporary()) {
        throw e;
      }
      return Response.problem(unavailable(e)).with("Retry-After", "1");
    }
  }

  /// 503: the store cannot be used now.
  static ProblemException unavailable(StoreException e) {
    String detail =
        switch (e.kind()) {
          case BUSY -> "the store is busy; try again after the time in Retry-After";
          case GONE, REFUSED -> "the store does not answer just now; try again";
        };
    return new ProblemException(503, "Unavailable", detail, e);
  }

  private static ProblemException refusal(Refusal refusal) {
    int status =
        switch (refusal.kind()) {
          case BAD_INPUT -> 400;
          case FORBIDDEN -> 403;
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case GONE -> 410;
        };
    List<ProblemException.Item> items =
        refusal.faults().stream()
            .map(it -> new ProblemException.Item(it.path(), it.reason()))
            .toList();
    return new ProblemException(status, refusal.title(), refusal.detail(), items);
  }

  private static ProblemException badBody(InvalidBodyException e) {
    List<ProblemException.Item> items =
        e.problems().stream().map(it -> new ProblemException.Item(it.path(), it.reason())).toList();
    String detail = items.size() == 1 ? "the body has a fault" : "the body has faults";
    return new ProblemException(400, "Bad body", detail, items);
  }

  /// Answers a request if all goes well.
  @FunctionalInterface
  interface Answering {
    Response answer(Request request) throws InterruptedException;
  }
}
