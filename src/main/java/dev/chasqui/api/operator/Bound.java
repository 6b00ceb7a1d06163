package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.shape.Input;
import dev.chasqui.operations.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An operation at its route: its record is read from the path, the query, headers and the body of
/// a request, and its answer written.
record Bound(OperationRoute route, Operation<?, ?> operation) {

  /// Where a member of the record is read from.
  enum Place {
    PATH,
    QUERY,
    HEADER,
    /// One member of the body.
    BODY,
    WHOLE_BODY
  }

  Response answer(OperatorCall call) throws InterruptedException {
    return answer(call, operation);
  }

  private <I extends Record, O> Response answer(OperatorCall call, Operation<I, O> made)
      throws InterruptedException {
    Invocation invocation = call.invocation();
    try {
      return answer(call, made, invocation);
    } catch (Refusal e) {
      if (route.pattern().startsWith(SwitchbordErrors.ROOT)) {
        return SwitchbordErrors.answer(e);
      }
      throw e;
    } finally {
      invocation.end();
    }
  }

  private <I extends Record, O> Response answer(
      OperatorCall call, Operation<I, O> made, Invocation invocation) throws InterruptedException {
    Places places = Places.of(this, call.request());
    Input<I> input = Input.read(made.input(), places);
    Optional<I> loose = input.loose();
    if (loose.isPresent()) {
      Faults faults = new Faults();
      made.check().check(invocation, loose.get(), faults);
      places.note(faults);
    }
    places.check();
    O output = made.action().run(invocation, input.made());
    return Answers.of(this, output, invocation);
  }

  /// The names of the members that come from the query.
  List<String> queryNames() {
    return members().stream()
        .filter(it -> place(it) == Place.QUERY)
        .map(Shape.Member::name)
        .toList();
  }

  /// All members, those of flat records among them.
  List<Shape.Member> members() {
    List<Shape.Member> all = new ArrayList<>();
    gather(Shape.of(operation.input()), all);
    return all;
  }

  private static void gather(Shape.Members shape, List<Shape.Member> all) {
    for (Shape.Member member : shape.members()) {
      if (member.isFlat() && member.shape() instanceof Shape.Members inner) {
        gather(inner, all);
      } else {
        all.add(member);
      }
    }
  }

  Place place(Shape.Member member) {
    if (member.isBody()) {
      return Place.WHOLE_BODY;
    }
    if (member.header() != null) {
      return Place.HEADER;
    }
    if (route.isInPath(member.name())) {
      return Place.PATH;
    }
    return route.hasBody() && !member.isInQuery() ? Place.BODY : Place.QUERY;
  }
}
