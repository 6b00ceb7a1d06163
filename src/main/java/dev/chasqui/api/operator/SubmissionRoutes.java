package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.UpToDate;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.SubmissionStore;
import dev.chasqui.store.SubmissionStore.SubmissionView;
import java.util.List;
import java.util.Optional;

/// Messages that clients submitted, by submission: above all those of which nobody knows what
/// became.
final class SubmissionRoutes {

  private static final String ROOT = "/api/v1/submissions";
  private static final String UNKNOWN = "unknown";
  private static final String SUBMISSION_KIND = "submission";

  private final SubmissionStore submissions;
  private final EventViews events;
  private final UpToDate upToDate;

  SubmissionRoutes(SubmissionStore submissions, EventViews events, ProjectionGate gate) {
    this.submissions = submissions;
    this.events = events;
    this.upToDate = new UpToDate(gate);
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", ROOT, "Lists messages of which nobody knows what became", this::list)
            .with("state", "limit", "cursor"),
        Served.of("GET", ROOT + "/{id}", "Tells what became of a submitted message", this::get));
  }

  private Response list(OperatorCall call) throws InterruptedException {
    String state = call.query("state");
    if (state != null && !state.equals(UNKNOWN)) {
      throw OperatorCall.badQuery(
          "state", "must be unknown: others are found by their message or key");
    }
    Invocation seen = call.invocation();
    upToDate.withLedger(seen);
    return Answers.noted(
        ListPage.read(
            call.page(),
            page -> submissions.unknown(call.workspace(), page),
            SubmissionRoutes::answer),
        seen);
  }

  private Response get(OperatorCall call) throws InterruptedException {
    EventId id = call.pathId("id", EventId::parse);
    Invocation seen = call.invocation();
    upToDate.withLedger(seen);
    return Answers.noted(
        submissions
            .find(call.workspace(), id)
            .map(SubmissionRoutes::answer)
            .orElseThrow(() -> UpToDate.notFound(seen))
            .response(200),
        seen);
  }

  /// The submission that a path names, empty if it names a message.
  static Optional<EventId> id(String text) {
    try {
      return Optional.of(EventId.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A submission that has no message yet; empty if it has one, or if there is no such.
  Optional<JsonAnswer> withoutMessage(OperatorCall call, EventId id) {
    return submissions
        .find(call.workspace(), id)
        .filter(it -> it.sending().messageId() == null)
        .map(SubmissionRoutes::answer);
  }

  /// The message of a submission, empty if it has none.
  ///
  /// What was accepted without a key is not remembered by its submission, but its event tells.
  Optional<String> message(OperatorCall call, EventId id) {
    Optional<SubmissionView> known = submissions.find(call.workspace(), id);
    return known.isPresent()
        ? known.map(it -> it.sending().messageId())
        : events
            .find(id)
            .filter(it -> it.row().origin().workspace().equals(call.workspace()))
            .flatMap(it -> it.row().items().stream().findFirst())
            .filter(it -> it.kind().equals(SUBMISSION_KIND))
            .map(EventRow.Item::itemId);
  }

  private static JsonAnswer answer(SubmissionView view) {
    Sending sending = view.sending();
    Participant to = sending.recipient();
    return new JsonAnswer()
        .text("submissionId", sending.submission())
        .time("submittedAt", sending.submission().ulid().time())
        .add("wamid", sending.messageId())
        .add("phoneNumberId", view.phoneNumberId())
        .add("direction", "outbound")
        .add("via", sending.via().wire())
        .add("type", sending.content().type())
        .add("state", state(sending.outcome()))
        .add("reason", reason(sending.outcome()))
        .add("contact", to.id())
        .add("hasIdempotencyKey", sending.idempotency() != null)
        .text("toldByEventId", view.toldBy());
  }

  private static String state(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> "accepted";
      case Outcome.Refused _ -> "refused";
      case Outcome.Unknown _ -> UNKNOWN;
    };
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> "";
      case Outcome.Refused refused -> refused.title();
      case Outcome.Unknown unknown -> unknown.reason();
    };
  }
}
