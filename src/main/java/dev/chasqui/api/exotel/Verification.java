package dev.chasqui.api.exotel;

import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.operations.Handshake;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes sure that URLs belong to who names them, if a verify token is given. Exotel says that
/// there is a handshake but not how it goes, so a URL may pass either: Meta's GET with `hub.*`, or
/// Exotel's POST of type `verification`, whose answer repeats the challenge.
final class Verification {

  private static final int CHALLENGE_BYTES = 12;
  private static final int KEEP_BYTES = 1_024;

  private final Handshake handshake;
  private final Sender sender;
  private final RandomGenerator random;

  Verification(Handshake handshake, Sender sender, RandomGenerator random) {
    this.handshake = handshake;
    this.sender = sender;
    this.random = random;
  }

  /// @throws ExotelException if a URL does not pass
  void check(WebhookBody.Wanted wanted) throws InterruptedException {
    String token = wanted.verifyToken();
    if (token == null) {
      return;
    }
    Map<URI, String> names = new LinkedHashMap<>();
    names.put(wanted.incoming(), WebhookBody.INCOMING);
    if (wanted.status() != null) {
      names.putIfAbsent(wanted.status(), WebhookBody.STATUS);
    }
    for (Map.Entry<URI, String> url : names.entrySet()) {
      check(url.getKey(), url.getValue(), token);
    }
  }

  private void check(URI url, String name, String token) throws InterruptedException {
    Optional<String> failure = handshake.failure(url, token);
    if (failure.isPresent() && !repeats(url, token)) {
      throw new ExotelException(
          Fault.NOT_VERIFIED,
          "whatsapp.webhook."
              + name
              + " neither answered GET with hub.challenge ("
              + failure.get()
              + ") nor POST of type verification with its challenge");
    }
  }

  private boolean repeats(URI url, String token) throws InterruptedException {
    byte[] bytes = new byte[CHALLENGE_BYTES];
    random.nextBytes(bytes);
    String challenge = HexFormat.of().formatHex(bytes);
    ObjectNode question = Json.object();
    question.put("type", "verification");
    question.put("challenge", challenge);
    question.put(WebhookBody.TOKEN, token);
    SendResult result = sender.post(url, Json.bytes(question), Handshake.LIMIT, KEEP_BYTES);
    return switch (result) {
      case SendResult.Answered answered ->
          answered.status() == 200 && challenge.equals(repeated(answered.body()));
      case SendResult.Failed _ -> false;
    };
  }

  /// The challenge that an answer repeats: the member `challenge`, or the text itself.
  private static String repeated(Bytes body) {
    try {
      JsonNode answer = Json.read(body);
      return answer.path("challenge").stringValue(answer.stringValue(""));
    } catch (MalformedJsonException _) {
      return body.toUtf8().strip();
    }
  }
}
