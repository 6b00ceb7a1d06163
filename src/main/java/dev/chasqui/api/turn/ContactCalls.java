package dev.chasqui.api.turn;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.EventViews.ContactView;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/contacts`: the check of numbers, a contact with its fallback flag, and its messages.
public final class ContactCalls implements TurnPart {

  private static final String ONE = "/v1/contacts/{wa_id}";
  private static final String CONTACTS = "contacts";

  /// Turn has two names for it; both are told, and either is taken.
  private static final List<String> FLAGS =
      List.of("is_fallback_active", "is_fallback_channel_active");

  private static final int MAX_BODY_BYTES = 256 << 10;
  private static final int MAX_CHECKED = 1_000;
  private static final int MAX_INPUT = 256;
  private static final int MESSAGES = 50;

  private final ContactStore contacts;
  private final ContactHistory history;
  private final UpToDate upToDate;
  private final Clock clock;

  /// @param upToDate what is known of contacts follows at its own pace: it is waited for
  public ContactCalls(
      ContactStore contacts, ContactHistory history, UpToDate upToDate, Clock clock) {
    this.contacts = contacts;
    this.history = history;
    this.upToDate = upToDate;
    this.clock = clock;
  }

  /// Brings what is known of contacts up to date.
  @FunctionalInterface
  public interface UpToDate {
    /// Waits for it, within bounds.
    void await() throws InterruptedException;
  }

  @Override
  public void addTo(TurnRoutes routes) {
    routes.add("POST", "/v1/contacts", MAX_BODY_BYTES, this::check);
    routes.add("GET", ONE, 0, this::get);
    routes.add("PATCH", ONE, MAX_BODY_BYTES, this::patch);
    routes.add("GET", ONE + "/messages", 0, this::messages);
  }

  /// The platform has no check any more: what is a phone number is valid. Each input is told as it
  /// came, since clients look for theirs.
  private Response check(TurnCall call) throws InterruptedException {
    JsonBody body = call.body();
    JsonNode inputs = body.node().path(CONTACTS);
    if (!body.has(CONTACTS)) {
      body.problem(CONTACTS, JsonBody.MISSING);
    } else if (!inputs.isArray() || inputs.size() > MAX_CHECKED) {
      body.problem(CONTACTS, "must be a list of at most " + MAX_CHECKED + " phone numbers");
    }
    TurnCall.check(body);
    upToDate.await();
    ObjectNode answer = Json.object();
    ArrayNode told = answer.putArray(CONTACTS);
    for (int i = 0; i < inputs.size(); i++) {
      JsonNode input = inputs.get(i);
      if (!input.isString() || input.stringValue().length() > MAX_INPUT) {
        body.problem("contacts[" + i + "]", "must be a phone number as text");
      } else {
        checked(call.caller().workspace(), told.addObject(), input.stringValue());
      }
    }
    TurnCall.check(body);
    return TurnAnswer.of(200, answer);
  }

  /// The number by which WhatsApp knows the contact, where that is known.
  private void checked(WorkspaceId workspace, ObjectNode told, String input) {
    told.put("input", input);
    Optional<String> waId =
        Recipient.number(input)
            .map(it -> contacts.find(workspace, it).map(ContactView::waId).orElse(it));
    told.put("status", waId.isPresent() ? "valid" : "invalid");
    waId.ifPresent(it -> told.put("wa_id", it));
  }

  private Response get(TurnCall call) throws InterruptedException {
    upToDate.await();
    return told(known(call, id(call)));
  }

  private ContactView known(TurnCall call, String id) {
    return contacts.find(call.caller().workspace(), id).orElseThrow(ContactCalls::unknown);
  }

  /// An unknown phone number becomes a contact; a user id must be known.
  private Response patch(TurnCall call) throws InterruptedException {
    JsonBody body = call.body();
    Optional<Boolean> active = flag(body);
    TurnCall.check(body);
    upToDate.await();
    String id = id(call);
    Optional<ContactView> former = contacts.find(call.caller().workspace(), id);
    boolean hasNumber = former.isEmpty() || former.get().waId() != null;
    if (active.orElse(false) && !hasNumber) {
      throw new TurnException(
          409,
          new TurnFault(
              1009,
              "Parameter value is not valid",
              "the contact's phone number is unknown, and the fallback channel reaches no other"));
    }
    return told(
        contacts
            .setFallback(call.caller().workspace(), id, active.orElse(false), clock.instant())
            .orElseThrow(ContactCalls::unknown));
  }

  private static Optional<Boolean> flag(JsonBody body) {
    Optional<Boolean> first = body.flag(FLAGS.getFirst());
    Optional<Boolean> second = body.flag(FLAGS.getLast());
    if (first.isPresent() && second.isPresent() && !first.equals(second)) {
      body.problem(FLAGS.getLast(), "must not differ from " + FLAGS.getFirst());
    }
    Optional<Boolean> active = first.or(() -> second);
    if (active.isEmpty() && body.problems().isEmpty()) {
      body.problem(FLAGS.getFirst(), JsonBody.MISSING);
    }
    return active;
  }

  private static Response told(ContactView view) {
    ObjectNode answer = Json.object();
    answer.put("wa_id", view.waId()).put("user_id", view.userId()).put("name", view.name());
    FLAGS.forEach(name -> answer.put(name, view.fallbackActive()));
    answer.put("failure_count", view.whatsappFailures());
    answer.put(
        "last_inbound_at", view.lastInboundAt() == null ? null : view.lastInboundAt().toString());
    return TurnAnswer.of(200, answer);
  }

  private Response messages(TurnCall call) throws InterruptedException {
    upToDate.await();
    TurnCaller caller = call.caller();
    String id = id(call);
    ContactView contact = known(call, id);
    ObjectNode answer = Json.object();
    ObjectNode chat = answer.putObject("chat");
    chat.put("owner", contact.waId() == null ? contact.userId() : "+" + contact.waId());
    chat.putNull("assigned_to").put("state", "OPEN").putNull("state_reason");
    chat.put("unread_count", 0).putNull("permalink");
    ArrayNode messages = answer.putArray("messages");
    history.newest(caller.workspace(), caller.phoneNumberId(), id, MESSAGES).forEach(messages::add);
    return TurnAnswer.of(200, answer);
  }

  /// The contact that a path names: a number with or without what people write between digits, or a
  /// user id.
  static String id(TurnCall call) {
    String named = call.request().parameter("wa_id");
    return Recipient.number(named).orElse(named);
  }

  static TurnException unknown() {
    return TurnException.notFound("there is no such contact");
  }
}
