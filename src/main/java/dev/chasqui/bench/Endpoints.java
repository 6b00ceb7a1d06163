package dev.chasqui.bench;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Registers receivers over the admin API.
final class Endpoints {

  private static final int AT_ONCE = 16;
  private static final String ROOT = "/api/v1/endpoints";
  private static final Pattern ID = Pattern.compile("ep_[0-9A-Za-z]{26}");

  private Endpoints() {}

  /// That many endpoints that get everything, at one receiver.
  static void addMatching(ApiClient admin, int port, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      admin.post("/api/v1/endpoints", endpoint("match-" + i, port, ""));
    }
  }

  /// One endpoint that gets everything, so many deliveries at a time.
  ///
  /// @return its id
  static String addBounded(ApiClient admin, int port, int maxInFlight) throws InterruptedException {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("name").text("bounded").name("dialect").text("standard");
    json.name("url").text("http://127.0.0.1:" + port + "/bounded");
    json.name("policy").beginObject().name("maxInFlight").number(maxInFlight).endObject();
    return add(admin, json.endObject().bytes());
  }

  /// One endpoint that gets everything.
  ///
  /// @return its id
  static String add(ApiClient admin, String name, int port) throws InterruptedException {
    return add(admin, endpoint(name, port, ""));
  }

  private static String add(ApiClient admin, Bytes endpoint) throws InterruptedException {
    Matcher id = ID.matcher(admin.post(ROOT, endpoint).toUtf8());
    if (!id.find()) {
      throw new BenchException("an endpoint was made and has no id");
    }
    return id.group();
  }

  static void remove(ApiClient admin, String id) throws InterruptedException {
    var _ = admin.call("DELETE", ROOT + "/" + id, Bytes.EMPTY);
  }

  /// Gives an endpoint another receiver.
  static void move(ApiClient admin, String id, int port) throws InterruptedException {
    JsonWriter json = new JsonWriter(64).beginObject();
    json.name("url").text("http://127.0.0.1:" + port + "/moved");
    var _ = admin.call("PATCH", ROOT + "/" + id, json.endObject().bytes());
  }

  /// That many endpoints whose phone number never gets a message.
  static void addOthers(ApiClient admin, int port, int count) throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Bytes>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Bytes body = endpoint("other-" + i, port, Long.toString(900_000_000_000_000L + i));
        calls.add(pool.submit(() -> admin.post("/api/v1/endpoints", body)));
      }
      for (Future<Bytes> call : calls) {
        call.get();
      }
    } catch (ExecutionException e) {
      throw new BenchException("an endpoint was refused: " + e.getCause(), e);
    }
  }

  private static Bytes endpoint(String name, int port, String phoneNumberId) {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("name").text(name).name("dialect").text("meta");
    json.name("url").text("http://127.0.0.1:" + port + "/" + name);
    json.name("secret").text("bench-endpoint-secret-0123456789");
    if (!phoneNumberId.isEmpty()) {
      json.name("scope").beginObject().name("phoneNumberId").text(phoneNumberId).endObject();
    }
    return json.endObject().bytes();
  }
}
