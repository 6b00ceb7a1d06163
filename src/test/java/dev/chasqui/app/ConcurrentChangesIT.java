package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two operators at once: what one of them was answered holds.
class ConcurrentChangesIT {

  private static final int ROUNDS = 40;

  @TempDir private Path folder;

  private final ExecutorService both = Executors.newVirtualThreadPerTaskExecutor();
  private Gateway gateway;
  private Caller caller;

  @BeforeEach
  void start() {
    gateway = LocalGateway.start(folder);
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
  }

  @AfterEach
  void close() {
    caller.close();
    gateway.close();
    both.close();
  }

  @Test
  void aDeleteBesideAPatchStays() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String path = created();
      List<Integer> answers =
          atOnce(
              List.of(
                  () -> caller.admin("PATCH", path, "{\"name\":\"other\"}"),
                  () -> caller.admin("DELETE", path, "")));
      assertThat(answers.getLast()).isEqualTo(204);
      assertThat(caller.admin("GET", path, "").statusCode()).isEqualTo(404);
    }
    restart();
    assertThat(Json.read(Bytes.utf8(caller.get("/api/v1/endpoints"))).path("data")).isEmpty();
  }

  @Test
  void aPauseBesideAPatchOrARotationStays() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String path = created();
      assertThat(
              atOnce(
                  List.of(
                      () -> caller.admin("PATCH", path, "{\"name\":\"other\"}"),
                      () -> caller.admin("POST", path + "/rotate-secret", ""),
                      () -> caller.admin("POST", path + "/pause", ""))))
          .containsOnly(200);
      assertThat(caller.get(path)).contains("\"state\":\"paused\"", "\"secrets\":2", "other");
    }
  }

  @Test
  void aNumberIsTakenByOneWorkspace() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String path = "/api/v1/phone-numbers/70" + i;
      String channel = "{\"phoneNumberId\":\"70%d\",\"secret\":\"of-this-channel\"}".formatted(i);
      String name = "/api/v1/turn-channels/c" + i;
      assertThat(
              atOnce(
                  List.of(
                      () -> caller.admin("PUT", path + "?workspace=one", "{}"),
                      () -> caller.admin("PUT", path + "?workspace=two", "{}"),
                      () -> caller.admin("PUT", name + "?workspace=three", channel))))
          .containsExactlyInAnyOrder(200, 409, 409);
    }
  }

  private String created() throws Exception {
    String body =
        """
        {"name":"crm","dialect":"standard","url":"http://127.0.0.1:9/"}\
        """;
    HttpResponse<String> answer = caller.admin("POST", "/api/v1/endpoints", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private List<Integer> atOnce(List<Callable<HttpResponse<String>>> calls) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(calls.size());
    List<Future<Integer>> answers =
        calls.stream()
            .map(
                call ->
                    both.submit(
                        () -> {
                          barrier.await();
                          return call.call().statusCode();
                        }))
            .toList();
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get());
    }
    return statuses;
  }

  private void restart() {
    caller.close();
    gateway.close();
    start();
  }
}
