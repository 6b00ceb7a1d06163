package dev.chasqui.messaging;

import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.RawObject;
import dev.chasqui.messaging.FallbackBridge.Result;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Version;
import dev.chasqui.outbound.Sender;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Posts a message to the bridge of a fallback channel, once, and waits for what it answers. The
/// bridge is treated as any receiver: address guard, no redirects, a total deadline, a bounded
/// answer, Turn's signature over the exact bytes (seed 000).
final class CallFallback {

  /// What receivers of Turn's dialect have as well.
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final int ANSWER_BYTES = 16 << 10;
  private static final int MAX_ID = 256;

  private final Sender sender;
  private final Duration deadline;

  /// @param deadline for all of a call
  CallFallback(Sender sender, Duration deadline) {
    this.sender = sender;
    this.deadline = deadline;
  }

  /// Posts a message.
  ///
  /// @param submitted the payload as it was submitted, a JSON object
  /// @param to the contact's phone number in digits
  Result post(FallbackChannel channel, Bytes submitted, String to) throws InterruptedException {
    SendResult result;
    try {
      result = sender.send(request(channel, FallbackPayload.write(submitted, to)));
    } catch (IllegalArgumentException | MalformedJsonException e) {
      // Nothing has left the house.
      return new Result.Failed("the message could not be written: " + e.getMessage(), false);
    }
    return switch (result) {
      case SendResult.Answered answered -> answer(answered);
      case SendResult.Failed failed -> failure(failed);
    };
  }

  private Sender.Outbound request(FallbackChannel channel, Bytes body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put(TurnDialect.SIGNATURE_HEADER, TurnDialect.signature(channel.secret(), body));
    headers.put("User-Agent", "Chasqui/" + Version.VALUE);
    return new Sender.Outbound(
        "POST", channel.url(), headers, body, deadline, ANSWER_BYTES, Sender.Repeats.NEVER);
  }

  private static Result answer(SendResult.Answered answered) {
    int status = answered.status();
    if (status < 200 || status > 299) {
      return new Result.Failed("the fallback channel answered " + status, false);
    }
    String id = id(answered.body());
    return id == null
        ? new Result.Failed(
            "the fallback channel answered " + status + " without messages[0].id", true)
        : new Result.Taken(id, answered.body());
  }

  /// The id in `{"messages":[{"id":…}]}`, null if there is none that could be one.
  private static @Nullable String id(Bytes body) {
    try {
      RawObject answer = RawObject.of(RawObject.checked(body));
      List<Bytes> messages = answer.list("messages");
      String id = messages.isEmpty() ? null : RawObject.of(messages.getFirst()).scalar("id");
      return id != null && isId(id) ? id : null;
    } catch (MalformedJsonException _) {
      return null;
    }
  }

  /// What can also stand in a header: receivers get it in one.
  private static boolean isId(String text) {
    boolean fits = !text.isBlank() && text.length() <= MAX_ID;
    return fits && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  /// Whether the bridge may have had the message before it was silent.
  private static Result failure(SendResult.Failed failed) {
    boolean mayHaveArrived =
        switch (failed.failure()) {
          case TIMEOUT, RESET, ANSWER_TOO_LARGE, BAD_ANSWER, CLOSED -> true;
          // A call that is never repeated is called stale before anything was written.
          case STALE_CONNECTION,
              UNRESOLVABLE,
              RESOLVER_DOWN,
              ADDRESS_REFUSED,
              CONNECT_FAILED,
              TLS_FAILED,
              HOST_BUSY ->
              false;
        };
    return new Result.Failed(
        "the fallback channel: " + failed.failure().wire() + ", " + failed.detail(),
        mayHaveArrived);
  }
}
