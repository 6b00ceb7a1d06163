package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The largest of everything that can be read is asked for 64 times at once, in a small heap,
/// beside webhooks: nothing of it is lost or late for good, and memory does not run out.
class ReadFloodIT {

  /// As many as fit into the largest body.
  private static final int MESSAGES = 40_000;

  private static final int AT_ONCE = 64;
  private static final List<String> SMALL_HEAP =
      List.of("-Xmx360m", "-Xmn128m", "-XX:+ExitOnOutOfMemoryError");

  /// Bounds that fit; those of reading are as they come.
  private static final Map<String, String> SMALL_BOUNDS =
      Map.of(
          "CHASQUI_INGRESS_BYTES_IN_FLIGHT", "24MiB",
          "CHASQUI_INGRESS_PARTIAL_BYTES", "8MiB",
          "CHASQUI_JOURNAL_WAITING", "16MiB",
          "CHASQUI_DELIVERY_IN_MEMORY", "16384",
          "CHASQUI_ALERTS_SILENCE_NUMBERS", "1000");

  @TempDir private Path folder;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void theLargestOfEachManyTimesAtOnceIsSurvived() throws Exception {
    try (Town town = new Town();
        ChildProcess gateway = ServedGateway.start(folder, SMALL_BOUNDS, SMALL_HEAP);
        Caller caller = ServedGateway.caller(gateway)) {
      String mark = mark(gateway, caller);
      String large = take(caller);
      caller.callback(town.url());
      AtomicBoolean isOver = new AtomicBoolean();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> load = threads.submit(() -> post(caller, isOver));
        for (String path : paths(large)) {
          flood(threads, path, () -> caller.admin("GET", path, ""));
        }
        flood(threads, "/api/v1/tail", () -> missed(gateway, mark, large));
        isOver.set(true);
        load.get();
      }
      assertThat(gateway.isAlive()).isTrue();
      town.await(
          "all that was acknowledged is delivered", got -> wamids(got).containsAll(acknowledged));
      assertThat(acknowledged).hasSizeGreaterThan(20);
      assertThat(Files.readString(folder.resolve("log"))).doesNotContain("OutOfMemoryError");
    }
  }

  /// An event of very many messages, each with a delivery that waits for ever.
  private static String take(Caller caller) throws Exception {
    HttpResponse<String> endpoint =
        caller.admin(
            "POST",
            "/api/v1/endpoints",
            """
            {"name":"slow","dialect":"standard","url":"http://127.0.0.1:9/"}\
            """);
    assertThat(endpoint.statusCode()).as(endpoint.body()).isEqualTo(201);
    String id = endpoint.body().replaceAll("(?s).*\"id\":\"(ep_[0-9a-z]+)\".*", "$1");
    assertThat(caller.admin("POST", "/api/v1/endpoints/" + id + "/pause", "").statusCode())
        .isEqualTo(200);
    String event = Caller.eventId(caller.webhook(large()).body());
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (caller.admin("GET", "/api/v1/events/" + event, "").statusCode() != 200) {
      assertThat(System.nanoTime()).as("the event is stored").isLessThan(end);
    }
    return event;
  }

  private static Bytes large() {
    String messages =
        IntStream.range(0, MESSAGES)
            .mapToObj(
                i ->
                    "{\"from\":\"1555%06d\",\"id\":\"wamid.L%d\",\"timestamp\":\"1717000000\","
                            .formatted(i % 1000, i)
                        + "\"type\":\"text\",\"text\":{\"body\":\"x\"}}")
            .collect(Collectors.joining(","));
    String one = Caller.message("wamid.0", 1).toUtf8();
    int from = one.indexOf("\"messages\":[") + "\"messages\":[".length();
    int to = one.indexOf("}]}}]}]}", from) + 1;
    return Bytes.of(
        (one.substring(0, from) + messages + one.substring(to)).getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> paths(String event) {
    return List.of(
        "/api/v1/events/" + event,
        "/api/v1/events/" + event + "/notifications?limit=200",
        "/api/v1/events/" + event + "/deliveries?limit=200",
        "/api/v1/events/" + event + "/raw",
        "/api/v1/events/" + event + "/envelope",
        "/api/v1/routes/explain?eventId=" + event,
        "/internal/webhooks/" + event,
        "/api/v1/events?limit=200",
        "/api/v1/events?limit=200&wamid=wamid.L7",
        "/api/v1/events?limit=200&waId=1555000007",
        "/api/v1/deliveries?limit=200",
        "/api/v1/deliveries?limit=200&state=filtered&eventId=" + event,
        "/api/v1/stats");
  }

  private static <T> void flood(
      ExecutorService threads, String path, Callable<HttpResponse<T>> call) throws Exception {
    List<Future<HttpResponse<T>>> answers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      answers.add(threads.submit(call));
    }
    int good = 0;
    for (Future<HttpResponse<T>> answer : answers) {
      HttpResponse<T> response = answer.get();
      assertThat(response.statusCode()).as(path).isIn(200, 503);
      if (response.statusCode() == 200) {
        good++;
      } else {
        assertThat(response.headers().firstValue("Retry-After")).as(path).isPresent();
      }
    }
    assertThat(good).as(path).isPositive();
  }

  /// Where a tail stands before the large event comes.
  private String mark(ChildProcess gateway, Caller caller) throws Exception {
    try (Stream<String> lines = tail(gateway, null).body()) {
      caller.webhook(Caller.message("wamid.MARK", 1));
      return lines.filter(it -> it.startsWith("id: ")).findFirst().orElseThrow().substring(4);
    }
  }

  /// A tail that is told all since the mark, up to the large event.
  private HttpResponse<Stream<String>> missed(ChildProcess gateway, String mark, String large)
      throws Exception {
    HttpResponse<Stream<String>> response = tail(gateway, mark);
    try (Stream<String> lines = response.body()) {
      boolean isTold =
          lines.anyMatch(it -> it.startsWith("id: ") && it.endsWith(large))
              || response.statusCode() != 200;
      assertThat(isTold).as("the large event is told").isTrue();
    }
    return response;
  }

  private HttpResponse<Stream<String>> tail(ChildProcess gateway, @Nullable String mark)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.ready().adminUrl().resolve("/api/v1/tail"))
            .header("Authorization", "Bearer " + Caller.ADMIN_TOKEN);
    if (mark != null) {
      request.header("Last-Event-ID", mark);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
  }

  private void post(Caller caller, AtomicBoolean isOver) {
    try {
      for (int i = 0; !isOver.get(); i++) {
        HttpResponse<String> answer = caller.webhook(Caller.message("wamid.S" + i, 300));
        assertThat(answer.statusCode()).isEqualTo(200);
        acknowledged.add("wamid.S" + i);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<String> wamids(List<Town.Got> got) {
    return got.stream().map(ReadFloodIT::wamid).collect(Collectors.toSet());
  }

  private static String wamid(Town.Got got) {
    String body = got.body().toUtf8();
    int from = body.indexOf("wamid.");
    return body.substring(from, body.indexOf('"', from));
  }
}
