package dev.chasqui.api.graph;

import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.Submission;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Sending;
import dev.chasqui.model.TokenId;
import dev.chasqui.operations.Caller;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/{phone_number_id}/messages`: the Cloud API's way to send, so that any of its clients can be
/// pointed at the gateway. Only what the gateway itself needs is checked; upstream checks the rest
/// and is passed on.
final class MessagesNode {

  private static final String FALLBACK = "x-turn-fallback-channel";
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Accounts accounts;
  private final GraphApi.Messaging messaging;
  private final MessageAnswers answers;

  MessagesNode(Accounts accounts, GraphApi.Messaging messaging, GraphErrors errors) {
    this.accounts = accounts;
    this.messaging = messaging;
    this.answers = new MessageAnswers(errors);
  }

  Response post(GraphCall call) throws InterruptedException {
    String number = call.id("phone_number_id");
    call.refuseUnlessFor(number);
    if (call.caller().phoneNumberId() == null) {
      accounts.refuseOthersNumber(call.workspace(), number);
      accounts.refuseOtherKind(call.workspace(), number, Accounts.Kind.PHONE_NUMBER);
    }
    Bytes document = call.parameters().document();
    ObjectNode payload = payload(document);
    if (payload.has("status")) {
      return answers.of(messaging.posts().post(call.workspace(), number, call.version(), document));
    }
    refuseWithoutRecipient(payload);
    return answers.of(
        messaging.sends().send(submission(call, number, new Posted(payload, document))));
  }

  private record Posted(ObjectNode payload, Bytes document) {}

  private static Submission submission(GraphCall call, String number, Posted posted) {
    Request request = call.request();
    Headers headers = request.headers();
    List<Submission.Header> recorded =
        headers.list().stream().map(h -> new Submission.Header(h.name(), h.value())).toList();
    return new Submission(
        call.workspace(),
        number,
        author(call.caller()),
        new Submission.Content(posted.payload(), posted.document(), recorded),
        new Submission.Options("1".equals(headers.first(FALLBACK)), key(headers), call.version()));
  }

  private static Sending.Author author(Caller caller) {
    TokenId token = caller.token();
    return new Sending.Author(
        caller.kind().name().toLowerCase(Locale.ROOT), token == null ? null : token.toString());
  }

  private static @Nullable String key(Headers headers) {
    String key = headers.first(IDEMPOTENCY_KEY);
    if (key != null && !Submission.isKey(key)) {
      throw GraphException.parameter(
          IDEMPOTENCY_KEY + " must have 1 to " + Submission.MAX_KEY + " characters");
    }
    return key;
  }

  private static ObjectNode payload(Bytes document) {
    if (Json.read(document) instanceof ObjectNode object) {
      refuseOtherProduct(object);
      return object;
    }
    throw new IllegalStateException("parameters are an object");
  }

  private static void refuseOtherProduct(ObjectNode payload) {
    if (!payload.has("messaging_product")) {
      throw GraphException.parameter("The parameter messaging_product is required");
    }
    if (!"whatsapp".equals(payload.path("messaging_product").asString(""))) {
      throw GraphException.parameter("Param messaging_product must be whatsapp");
    }
  }

  private static void refuseWithoutRecipient(ObjectNode payload) {
    JsonNode to = payload.path("to");
    boolean isNumber = to.isIntegralNumber();
    boolean isNamed = isNumber || to.isString() || payload.path("recipient").isString();
    if (!isNamed) {
      throw GraphException.parameter("The parameter to is required");
    }
  }
}
