package dev.chasqui.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.model.Tls;
import dev.chasqui.operations.Handshake;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private static final Duration TOOK = Duration.ofMillis(3);
  private static final URI CALLBACK = URI.create("https://hooks.example.com/in");

  private final List<URI> asked = new ArrayList<>();
  private final Deque<Function<URI, SendResult>> answers = new ArrayDeque<>();

  @Test
  void theChallengeAloneWithStatus200Passes() {
    answers.add(url -> answered(200, challenge(url)));
    assertThat(failure(CALLBACK)).isEmpty();
  }

  @Test
  void theQueryNamesModeChallengeAndTokenEncoded() {
    answers.add(url -> answered(200, challenge(url)));
    assertThat(failure(CALLBACK)).isEmpty();
    assertThat(asked.getFirst().toString())
        .matches(
            "https://hooks\\.example\\.com/in\\?hub\\.mode=subscribe&hub\\.challenge=[1-9][0-9]{9}"
                + "&hub\\.verify_token=a%20b%2Bc%26d");
  }

  @Test
  void aQueryOfTheCallbackItselfIsKept() {
    answers.add(url -> answered(200, challenge(url)));
    assertThat(failure(URI.create("https://hooks.example.com/in?team=7#top"))).isEmpty();
    assertThat(asked.getFirst().toString())
        .startsWith("https://hooks.example.com/in?team=7&hub.mode=subscribe&")
        .doesNotContain("#");
  }

  @Test
  void anotherStatusFailsWithItsNumber() {
    answers.add(_ -> answered(404, "no"));
    assertThat(failure(CALLBACK)).contains("HTTP Status Code = 404");
  }

  @Test
  void anAnswerAroundTheChallengeFails() {
    answers.add(url -> answered(200, '"' + challenge(url) + '"'));
    assertThat(failure(CALLBACK).orElse(""))
        .startsWith("HTTP Status Code = 200;")
        .contains("not the challenge");
  }

  @Test
  void aTimeoutReadsAsCurlsNumber28() {
    answers.add(_ -> new SendResult.Failed(Failure.TIMEOUT, "no answer in time", TOOK));
    assertThat(failure(CALLBACK))
        .contains("curl_errno = 28; curl_error = no answer in time; HTTP Status Code = 0");
  }

  @Test
  void everyFailureHasANumber() {
    for (Failure failure : Failure.values()) {
      answers.clear();
      answers.add(_ -> new SendResult.Failed(failure, "why", TOOK));
      answers.add(_ -> new SendResult.Failed(failure, "why", TOOK));
      assertThat(failure(CALLBACK).orElse("")).matches("curl_errno = [1-9][0-9]*; .*");
    }
  }

  @Test
  void aStaleConnectionIsTriedOnceMore() {
    answers.add(_ -> new SendResult.Failed(Failure.STALE_CONNECTION, "closed", TOOK));
    answers.add(url -> answered(200, challenge(url)));
    assertThat(failure(CALLBACK)).isEmpty();
    assertThat(asked).hasSize(2);
  }

  private Optional<String> failure(URI callback) {
    return new Handshake(sender(), new SplittableRandom(7)).failure(callback, "a b+c&d");
  }

  private Sender sender() {
    return new Sender() {
      @Override
      public SendResult send(Outbound request) {
        assertThat(request.method()).as("Meta's handshake is a GET").isEqualTo("GET");
        asked.add(request.url());
        return answers.removeFirst().apply(request.url());
      }

      @Override
      public Optional<String> objection(Tls tls) {
        return Optional.empty();
      }

      @Override
      public Optional<String> objection(URI url) {
        return Optional.empty();
      }
    };
  }

  private static SendResult answered(int status, String body) {
    return new SendResult.Answered(status, null, Bytes.utf8(body), TOOK);
  }

  private static String challenge(URI url) {
    return url.getRawQuery().replaceAll(".*hub\\.challenge=([0-9]+).*", "$1");
  }
}
