package dev.chasqui.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.SmsBridge;
import dev.chasqui.sim.graph.FakeGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A gateway between a fake platform, an SMS bridge and one receiver with a mailbox for each path,
/// as the five seed documents describe the world. The receiver takes part in Meta's and Exotel's
/// handshakes.
final class SeedTown implements AutoCloseable {

  static final Business SHOP = Business.SAMPLE;
  static final String ACCESS_TOKEN = "EAAJi-of-the-seeds";
  static final String BRIDGE_SECRET = "secret of the bridge";
  static final String VERIFY_TOKEN = "myvoiceismypassport?";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  final FakeGraph graph =
      FakeGraph.start(
          FakeGraph.Account.of(ACCESS_TOKEN, Caller.SECRET, SHOP),
          Clock.systemUTC(),
          new Random(5));
  final SmsBridge bridge = SmsBridge.start(BRIDGE_SECRET, Clock.systemUTC(), new Random(6));
  final Gateway gateway;
  final Exchange admin;
  final Exchange open;

  private final HttpServer receiver;
  private final List<Got> got = new ArrayList<>();
  private final List<String> handshakes = new ArrayList<>();

  /// What came in at a path of the receiver.
  record Got(String path, Map<String, List<String>> headers, Bytes body) {

    String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("");
    }

    JsonNode json() {
      return Json.read(body);
    }

    String text() {
      return body.toUtf8();
    }
  }

  SeedTown(Path folder) {
    try {
      receiver = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext("/", this::take);
    receiver.start();
    gateway =
        LocalGateway.start(
            folder, Map.of(), new LocalGateway.Upstream(graph.url().toString(), ACCESS_TOKEN));
    admin = new Exchange(gateway.adminUrl()).as(Caller.ADMIN_TOKEN);
    open = new Exchange(gateway.publicUrl());
    graph.callback(URI.create(gateway.publicUrl() + "/webhooks/whatsapp"));
    admin.put("/api/v1/secrets/meta-verify-token", "{\"value\":\"your-verify-token\"}");
  }

  /// A mailbox of the receiver.
  String url(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  /// Tells the gateway which account the shop's number belongs to.
  void knowNumber() {
    must(
        200,
        admin.put(
            "/api/v1/phone-numbers/" + SHOP.phoneNumberId(),
            "{\"wabaId\":\"%s\",\"displayPhoneNumber\":\"%s\"}"
                .formatted(SHOP.wabaId(), SHOP.displayPhoneNumber())));
  }

  /// A client with a new token of the shop's number.
  Exchange client(String kind) {
    Answered made =
        must(
            201,
            admin.post(
                "/api/v1/tokens",
                "{\"kind\":\"%s\",\"phoneNumberId\":\"%s\"}"
                    .formatted(kind, SHOP.phoneNumberId())));
    return open.as(made.json().path("token").stringValue());
  }

  /// Makes an endpoint.
  ///
  /// @param members of the body beside name and url, for example `"dialect":"turn"`
  JsonNode endpoint(String path, String members) {
    return must(
            201,
            admin.post(
                "/api/v1/endpoints",
                "{\"name\":\"%s\",\"url\":\"%s\",%s}".formatted(path, url(path), members)))
        .json();
  }

  static Answered must(int status, Answered answered) {
    if (answered.status() != status) {
      throw new AssertionError(answered.status() + " " + answered.text());
    }
    return answered;
  }

  /// A webhook of Meta's, well signed.
  Answered webhook(String body) {
    return open.with("X-Hub-Signature-256", signature(body)).post("/webhooks/whatsapp", body);
  }

  static String signature(String body) {
    return Signatures.sign(SigningKey.of(Caller.SECRET), Bytes.utf8(body));
  }

  /// A message or status of the shop's number as Meta sends it.
  ///
  /// @param member `"messages":[…]` or `"statuses":[…]`
  static String envelope(String member) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"value":{"messaging_product":\
    "whatsapp","metadata":{"display_phone_number":"%s","phone_number_id":"%s"},%s},"field":"messages"}]}]}\
    """
        .formatted(SHOP.wabaId(), SHOP.displayPhoneNumber(), SHOP.phoneNumberId(), member);
  }

  static String message(String wamid, String words) {
    return envelope(
        """
        "contacts":[{"profile":{"name":"Kerry Fisher"},"wa_id":"16315551234"}],"messages":[{"from":\
        "16315551234","id":"%s","timestamp":"1717000000","type":"text","text":{"body":"%s"}}]\
        """
            .formatted(wamid, words));
  }

  /// What came in at one path so far.
  synchronized List<Got> at(String path) {
    return got.stream().filter(it -> it.path().equals(path)).toList();
  }

  /// The verification requests so far, path and query.
  synchronized List<String> handshakes() {
    return List.copyOf(handshakes);
  }

  /// Waits for the first delivery at a path that is as wished.
  ///
  /// @throws AssertionError if there is none within the limit
  synchronized Got await(String path, Predicate<Got> isWished) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      for (Got one : at(path)) {
        if (isWished.test(one)) {
          return one;
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("nothing as wished at " + path + "; got " + at(path).size());
      }
      wait(left);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
      byte[] answer = answer(exchange, body).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private synchronized String answer(HttpExchange exchange, Bytes body) {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("GET")) {
      handshakes.add(exchange.getRequestURI().toString());
      return Arrays.stream(exchange.getRequestURI().getQuery().split("&", -1))
          .filter(part -> part.startsWith("hub.challenge="))
          .map(part -> part.substring("hub.challenge=".length()))
          .findFirst()
          .orElse("");
    }
    JsonNode json = jsonOf(body);
    if (json.path("type").asString("").equals("verification")) {
      handshakes.add(path + " " + json);
      return Json.text(Json.object().put("challenge", json.path("challenge").asString("")));
    }
    got.add(new Got(path, Map.copyOf(exchange.getRequestHeaders()), body));
    notifyAll();
    return "";
  }

  private static JsonNode jsonOf(Bytes body) {
    try {
      return Json.read(body);
    } catch (MalformedJsonException _) {
      return Json.object();
    }
  }

  @Override
  public void close() {
    gateway.close();
    admin.close();
    open.close();
    graph.close();
    bridge.close();
    receiver.stop(0);
  }
}
