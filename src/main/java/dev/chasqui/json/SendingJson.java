package dev.chasqui.json;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Author;
import dev.chasqui.model.Sending.Content;
import dev.chasqui.model.Sending.Idempotency;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Via;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What became of a submitted message, as a JSON object: the same in the journal and in the form
/// that everything behind the ingress works on. New members may be added; what is missing is null.
public final class SendingJson {

  private static final int EXPECTED_BYTES = 512;

  private SendingJson() {}

  /// Compact UTF-8.
  public static Bytes write(Sending sending) {
    JsonWriter json = new JsonWriter(EXPECTED_BYTES).beginObject();
    json.member("submission", sending.submission().toString()).member("via", sending.via().wire());
    json.name("author").beginObject().member("kind", sending.author().kind());
    json.member("token_id", sending.author().tokenId()).endObject();
    json.member("type", sending.content().type());
    participant(json, "to", sending.content().to());
    json.member("group", sending.content().group());
    Idempotency idempotency = sending.idempotency();
    if (idempotency != null) {
      json.name("idempotency").beginObject().member("key", idempotency.key());
      json.member("request", idempotency.request()).endObject();
    }
    outcome(json, sending.outcome());
    return json.endObject().bytes();
  }

  private static void outcome(JsonWriter json, Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted accepted -> {
        json.member("outcome", "accepted").member("message_id", accepted.messageId());
        participant(json, "recipient", accepted.recipient());
        if (accepted.messageStatus() != null) {
          json.member("message_status", accepted.messageStatus());
        }
        json.member("answer", text(accepted.answer()));
      }
      case Outcome.Refused refused -> {
        json.member("outcome", "refused").name("status").number(refused.status());
        json.name("code").number(refused.code()).member("title", refused.title());
        json.name("recipients").flag(refused.isRecipients());
        json.member("answer", text(refused.answer()));
      }
      case Outcome.Unknown unknown ->
          json.member("outcome", "unknown").member("reason", unknown.reason());
    }
  }

  private static void participant(JsonWriter json, String name, Participant participant) {
    json.name(name).beginObject().member("wa_id", participant.waId());
    json.member("user_id", participant.userId()).endObject();
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  /// Reads it again.
  ///
  /// @throws IllegalArgumentException if it is nothing that [#write] wrote
  public static Sending read(Bytes json) {
    JsonNode node;
    try {
      node = Json.read(json);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("what became of a message cannot be read", e);
    }
    JsonNode author = node.path("author");
    return new Sending(
        EventId.parse(required(node, "submission")),
        Via.ofWire(required(node, "via")),
        new Author(required(author, "kind"), optional(author, "token_id")),
        new Content(required(node, "type"), participant(node.path("to")), optional(node, "group")),
        idempotency(node.path("idempotency")),
        outcome(node));
  }

  private static @Nullable Idempotency idempotency(JsonNode node) {
    return node.isObject()
        ? new Idempotency(required(node, "key"), required(node, "request"))
        : null;
  }

  private static Outcome outcome(JsonNode node) {
    String outcome = required(node, "outcome");
    return switch (outcome) {
      case "accepted" ->
          new Outcome.Accepted(
              required(node, "message_id"),
              participant(node.path("recipient")),
              optional(node, "message_status"),
              answer(node));
      case "refused" ->
          new Outcome.Refused(
              node.path("status").asInt(0),
              node.path("code").asLong(0),
              required(node, "title"),
              node.path("recipients").asBoolean(false),
              answer(node));
      case "unknown" -> new Outcome.Unknown(required(node, "reason"));
      default -> throw new IllegalArgumentException("no such outcome: " + outcome);
    };
  }

  private static Participant participant(JsonNode node) {
    return new Participant(optional(node, "wa_id"), optional(node, "user_id"), null);
  }

  private static Bytes answer(JsonNode node) {
    String answer = optional(node, "answer");
    return answer == null ? Bytes.EMPTY : Bytes.utf8(answer);
  }

  private static String required(JsonNode node, String name) {
    String text = optional(node, name);
    if (text == null) {
      throw new IllegalArgumentException("a submitted message without " + name);
    }
    return text;
  }

  private static @Nullable String optional(JsonNode node, String name) {
    return node.path(name).isString() ? node.path(name).asString() : null;
  }
}
