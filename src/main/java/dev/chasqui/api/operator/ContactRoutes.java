package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.UpToDate;
import dev.chasqui.operations.WrittenNumber;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.EventViews.ContactView;
import java.time.Clock;
import java.util.List;

/// Contacts, by phone number, by business-scoped user id, or by an id they had before. What is
/// known of them follows the projection at its own pace, so it is brought up to date first.
final class ContactRoutes {

  private static final String ONE = "/api/v1/contacts/{waId}";
  private static final String FLAG = "isFallbackChannelActive";

  private final ContactStore contacts;
  private final UpToDate upToDate;
  private final Clock clock;

  ContactRoutes(ContactStore contacts, ProjectionGate gate, Clock clock) {
    this.contacts = contacts;
    this.upToDate = new UpToDate(gate);
    this.clock = clock;
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", ONE, "A contact", this::get),
        Served.of(
            "PATCH",
            ONE,
            "Sets whether a contact is reached by the fallback channel",
            this::patch));
  }

  private Response get(OperatorCall call) throws InterruptedException {
    Invocation seen = call.invocation();
    upToDate.withLedger(seen);
    ContactView found =
        contacts.find(call.workspace(), id(call)).orElseThrow(() -> UpToDate.notFound(seen));
    return Answers.noted(told(found), seen);
  }

  /// A phone number that nobody knows becomes a contact; a user id must be known.
  private Response patch(OperatorCall call) throws InterruptedException {
    Fields fields = call.body();
    if (!fields.has(FLAG)) {
      fields.fault(FLAG, "is required");
    }
    boolean active = fields.flag(FLAG, false);
    fields.check();
    String id = id(call);
    Invocation seen = call.invocation();
    upToDate.withLedger(seen);
    boolean isNumber = Fields.isDigits(id);
    ContactView former = contacts.find(call.workspace(), id).orElse(null);
    if (former == null && !isNumber) {
      throw UpToDate.notFound(seen);
    }
    if (active && former != null && former.waId() == null) {
      throw new ProblemException(
          409,
          "No phone number",
          "the contact's phone number is unknown, and the fallback channel reaches no other");
    }
    return told(
        contacts
            .setFallback(call.workspace(), id, active, clock.instant())
            .orElseThrow(OperatorCall::notFound));
  }

  /// A phone number may be written as people write it, for example `+51 (900) 000-001`.
  private static String id(OperatorCall call) {
    String named = call.path("waId");
    return WrittenNumber.digits(named).orElse(named);
  }

  private static Response told(ContactView view) {
    return new JsonAnswer()
        .add("waId", view.waId())
        .add("userId", view.userId())
        .add("name", view.name())
        .add("whatsappFailures", view.whatsappFailures())
        .add(FLAG, view.fallbackActive())
        .time("lastInboundAt", view.lastInboundAt())
        .response(200);
  }
}
