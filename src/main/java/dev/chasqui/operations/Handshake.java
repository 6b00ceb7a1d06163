package dev.chasqui.operations;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Meta's verification handshake in the role of the platform: a GET with `hub.mode`,
/// `hub.challenge` and `hub.verify_token`; the callback proves that it knows the token by answering
/// 200 with the challenge and nothing else.
///
/// It blocks for up to [#LIMIT]. The callback may be served by this very process, so it must never
/// run on an event loop.
public final class Handshake {

  /// How long a callback has; Meta's own limit is about this.
  public static final Duration LIMIT = Duration.ofSeconds(6);

  /// The longest address that is asked. Meta names no limit for verify tokens, which stand in it.
  public static final int MAX_URL = 1 << 20;

  private static final int CHALLENGE_DIGITS = 10;
  private static final int KEEP_BYTES = 1024;

  private final Sender sender;
  private final RandomGenerator random;

  /// @param random where challenges come from; hard to guess, so that no callback can answer
  ///   without reading the request
  public Handshake(Sender sender, RandomGenerator random) {
    this.sender = sender;
    this.random = random;
  }

  /// Whether a verify token fits into the address that is asked.
  public static boolean fits(URI callback, String verifyToken) {
    String longest = "0".repeat(CHALLENGE_DIGITS);
    return query(callback, longest, verifyToken).toString().length() <= MAX_URL;
  }

  /// Asks a callback.
  ///
  /// @return why it is not verified, in the shape in which Meta reports it; empty if it is
  public Optional<String> failure(URI callback, String verifyToken) {
    String challenge = challenge();
    try {
      return judge(ask(query(callback, challenge, verifyToken)), challenge);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the gateway is stopping; HTTP Status Code = 0");
    }
  }

  /// A connection that the receiver closed while it was idle says nothing about the receiver.
  private SendResult ask(URI url) throws InterruptedException {
    SendResult first = sender.get(url, LIMIT, KEEP_BYTES);
    boolean stale =
        first instanceof SendResult.Failed failed
            && failed.failure() == SendResult.Failure.STALE_CONNECTION;
    return stale ? sender.get(url, LIMIT, KEEP_BYTES) : first;
  }

  private static Optional<String> judge(SendResult result, String challenge) {
    return switch (result) {
      case SendResult.Answered answered -> judge(answered, challenge);
      case SendResult.Failed failed ->
          Optional.of(
              "curl_errno = %d; curl_error = %s; HTTP Status Code = 0"
                  .formatted(curlNumber(failed.failure()), failed.detail()));
    };
  }

  private static Optional<String> judge(SendResult.Answered answered, String challenge) {
    if (answered.status() != 200) {
      return Optional.of("HTTP Status Code = " + answered.status());
    }
    boolean echoed = answered.body().equals(Bytes.utf8(challenge));
    return echoed
        ? Optional.empty()
        : Optional.of("HTTP Status Code = 200; the answer is not the challenge");
  }

  private String challenge() {
    StringBuilder digits = new StringBuilder(CHALLENGE_DIGITS);
    digits.append((char) ('1' + random.nextInt(9)));
    while (digits.length() < CHALLENGE_DIGITS) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private static URI query(URI callback, String challenge, String verifyToken) {
    String text = callback.toString();
    int fragment = text.indexOf('#');
    String base = fragment < 0 ? text : text.substring(0, fragment);
    String joint = callback.getRawQuery() == null ? "?" : "&";
    return URI.create(
        base
            + joint
            + "hub.mode=subscribe&hub.challenge="
            + challenge
            + "&hub.verify_token="
            + encode(verifyToken));
  }

  /// Spaces as `%20`: a plus sign is only in forms a space.
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The number under which curl's users know a failure; Meta reports these.
  private static int curlNumber(SendResult.Failure failure) {
    return switch (failure) {
      case UNRESOLVABLE, RESOLVER_DOWN -> 6;
      case ADDRESS_REFUSED, CONNECT_FAILED, HOST_BUSY -> 7;
      case BAD_ANSWER -> 8;
      case TIMEOUT -> 28;
      case TLS_FAILED -> 35;
      case CLOSED -> 42;
      case STALE_CONNECTION -> 52;
      case RESET -> 56;
      case ANSWER_TOO_LARGE -> 63;
    };
  }
}
