package dev.chasqui.sim;

import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/// The platform's sending side: it posts to one callback, takes nothing but 200 for an answer, and
/// tries again until it gets one or the schedule's limit is reached. Safe for use by many threads.
public final class Platform implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client;
  private final URI callback;
  private final RetrySchedule schedule;
  private final Clock clock;
  private final Semaphore connections;

  /// @param maxConcurrent requests under way at once
  public Platform(URI callback, RetrySchedule schedule, Clock clock, int maxConcurrent) {
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    this.callback = callback;
    this.schedule = schedule;
    this.clock = clock;
    this.connections = new Semaphore(maxConcurrent);
  }

  /// The result of a request.
  ///
  /// @param status the last answer's, 0 if there was none
  /// @param body the last answer's
  /// @param attempts how many there were
  public record Result(int status, String body, int attempts) {
    public boolean isTaken() {
      return status == 200;
    }

    /// What a gateway's answer says beyond its status; a plain receiver's says nothing.
    ///
    /// @return the `reason` if the answer is `{"accepted":false,...}`, else empty
    public Optional<String> refusal() {
      JsonNode answer = json();
      if (!answer.path("accepted").isBoolean() || answer.path("accepted").booleanValue()) {
        return Optional.empty();
      }
      return Optional.of(answer.path("reason").asString("no reason given"));
    }

    /// Whether a gateway knew the request already.
    public boolean isDuplicate() {
      return json().path("duplicate").isBoolean() && json().path("duplicate").booleanValue();
    }

    private JsonNode json() {
      try {
        return Json.read(Bytes.utf8(body));
      } catch (MalformedJsonException _) {
        return Json.object();
      }
    }
  }

  /// Sends one request until it is taken or the schedule ends.
  public Result send(SignedWebhook webhook) throws InterruptedException {
    Instant end = clock.instant().plus(schedule.limit());
    Result result = attempt(webhook, 1);
    while (!result.isTaken()) {
      Duration pause = schedule.waitAfter(result.attempts());
      if (clock.instant().plus(pause).isAfter(end)) {
        return result;
      }
      Thread.sleep(pause);
      result = attempt(webhook, result.attempts() + 1);
    }
    return result;
  }

  /// Checks a callback as the platform does before it sends anything there.
  ///
  /// @return whether it gave the challenge back, and nothing else
  public boolean shakesHands(String verifyToken, String challenge) throws InterruptedException {
    URI url =
        URI.create(
            callback
                + "?hub.mode=subscribe&hub.challenge="
                + URLEncoder.encode(challenge, StandardCharsets.UTF_8)
                + "&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8));
    try {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().equals(challenge);
    } catch (IOException e) {
      return false;
    }
  }

  private Result attempt(SignedWebhook webhook, int number) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(callback)
            .timeout(TIMEOUT)
            .POST(
                BodyPublishers.ofByteArray(
                    webhook.body().array(), webhook.body().offset(), webhook.body().length()));
    webhook.headers().forEach(request::header);
    connections.acquire();
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return new Result(answer.statusCode(), answer.body(), number);
    } catch (IOException e) {
      return new Result(0, e.getClass().getSimpleName(), number);
    } finally {
      connections.release();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
