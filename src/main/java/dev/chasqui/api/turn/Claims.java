package dev.chasqui.api.turn;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.ClaimId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Caller;
import dev.chasqui.store.ConversationClaims;
import dev.chasqui.store.ConversationClaims.Conversation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Claims on conversations: who answers a contact, a service or a journey.
///
/// Each inbound message that goes out in Turn's dialect names its conversation's claim in
/// `X-Turn-Claim`. A service that sends with `X-Turn-Claim-Extend` holds it for the lifetime, and
/// longer with each such send. While it is held, tokens of kind `journey` do not get through to
/// that contact unless they name it; tokens of kind `api` always do. `X-Turn-Claim-Release`, on a
/// send or on `POST /v1/messages/{id}/automation`, lets it go, and so does time.
///
/// What a header says is done before the message is sent: if it cannot be done, nothing is sent. An
/// id that is none is passed over.
public final class Claims implements TurnPart {

  private static final String EXTEND = "X-Turn-Claim-Extend";
  private static final String RELEASE = "X-Turn-Claim-Release";
  private static final int MAX_BODY_BYTES = 64 << 10;

  private final ConversationClaims held;
  private final ContactIds ids;
  private final Duration lifetime;
  private final Clock clock;

  /// @param lifetime how long a claim is held after each send that extends it
  public Claims(ConversationClaims held, ContactIds ids, Duration lifetime, Clock clock) {
    this.held = held;
    this.ids = ids;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /// Finds the ids of contacts; `app` implements it with the store.
  @FunctionalInterface
  public interface ContactIds {

    /// All ids of a contact; the id itself if nobody knows it. May read the store.
    List<String> of(WorkspaceId workspace, String id);
  }

  @Override
  public void addTo(TurnRoutes routes) {
    routes
        .add("POST", "/v1/messages/{id}/automation", MAX_BODY_BYTES, this::automation)
        .add("POST", "/v1/chats/{wa_id}/archive", MAX_BODY_BYTES, this::archive);
  }

  /// Ends a conversation: nobody holds it any more. There is no inbox that it could be hidden from,
  /// so `before` and `reason` change nothing.
  private Response archive(TurnCall call) {
    TurnCaller caller = call.caller();
    String id = call.request().parameter("wa_id");
    String contact = Recipient.number(id).orElse(id);
    allOf(caller, contact).forEach(held::release);
    return TurnAnswer.done();
  }

  /// Hands a conversation back to automation. The body is not read.
  private Response automation(TurnCall call) {
    named(call, RELEASE).ifPresent(held::release);
    return TurnAnswer.done();
  }

  /// Does what a send's headers say.
  ///
  /// @throws TurnException 409 if a journey sends into a conversation that is claimed
  void heed(TurnCall call, ObjectNode message) {
    Optional<Conversation> extended = named(call, EXTEND);
    Optional<Conversation> released = named(call, RELEASE);
    if (call.caller().kind() == Caller.Kind.JOURNEY) {
      Set<Conversation> own = conversations(call.caller(), message);
      boolean isNamed =
          extended.filter(own::contains).or(() -> released.filter(own::contains)).isPresent();
      if (!isNamed) {
        own.forEach(this::refuseIfHeld);
      }
    }
    Instant until = clock.instant().plus(lifetime);
    extended.filter(it -> released.isEmpty()).ifPresent(it -> held.hold(it, until));
    released.ifPresent(held::release);
  }

  /// The conversation that a message goes into, by all ids that its contact is known by: the claim
  /// may have been named by another than the message is sent to.
  private Set<Conversation> conversations(TurnCaller caller, ObjectNode message) {
    String to = Recipient.id(message);
    WorkspaceId workspace = caller.workspace();
    String number = caller.phoneNumberId();
    if (Recipient.isGroup(message)) {
      return Set.of(conversation(caller, ClaimId.ofGroup(workspace, number, to)));
    }
    return allOf(caller, to);
  }

  private Set<Conversation> allOf(TurnCaller caller, String contact) {
    WorkspaceId workspace = caller.workspace();
    return Stream.concat(Stream.of(contact), ids.of(workspace, contact).stream())
        .map(id -> conversation(caller, ClaimId.of(workspace, caller.phoneNumberId(), id)))
        .collect(Collectors.toSet());
  }

  private void refuseIfHeld(Conversation conversation) {
    Instant now = clock.instant();
    held.heldUntil(conversation, now)
        .ifPresent(
            until -> {
              throw claimed(Duration.between(now, until));
            });
  }

  private static TurnException claimed(Duration left) {
    TurnFault fault =
        new TurnFault(409, "Conversation is claimed", "a service is answering this contact");
    long seconds = Math.max(1, left.plusMillis(999).toSeconds());
    return new TurnException(
        409, List.of(fault), List.of(new Header("Retry-After", Long.toString(seconds))));
  }

  private static Optional<Conversation> named(TurnCall call, String header) {
    @Nullable String claim = call.header(header);
    return Optional.ofNullable(claim)
        .flatMap(ClaimId::parse)
        .map(it -> conversation(call.caller(), it));
  }

  private static Conversation conversation(TurnCaller caller, ClaimId claim) {
    return new Conversation(caller.workspace(), caller.phoneNumberId(), claim);
  }
}
