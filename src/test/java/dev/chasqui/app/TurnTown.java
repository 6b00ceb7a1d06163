package dev.chasqui.app;

import dev.chasqui.api.Exchange;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.graph.FakeGraph;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;

/// A gateway in this process between a fake platform and a service that was written for Turn.
final class TurnTown implements AutoCloseable {

  static final Business SHOP = Business.SAMPLE;

  /// The workspace's own, which its clients may use as well.
  static final String ACCESS_TOKEN = "EAA-of-the-tests";

  final FakeGraph graph =
      FakeGraph.start(
          FakeGraph.Account.of(ACCESS_TOKEN, Caller.SECRET, SHOP),
          Clock.systemUTC(),
          new Random(7));
  final TurnApp app = new TurnApp();

  private final Path folder;
  private final Map<String, String> more;
  private Gateway gateway;
  private Exchange nobody;

  TurnTown(Path folder, Map<String, String> more) {
    this.folder = folder;
    this.more = more;
    gateway = start();
    nobody = new Exchange(gateway.publicUrl());
  }

  private Gateway start() {
    Gateway started =
        LocalGateway.start(
            folder, more, new LocalGateway.Upstream(graph.url().toString(), ACCESS_TOKEN));
    graph.callback(URI.create(started.publicUrl() + "/webhooks/whatsapp"));
    return started;
  }

  /// Where clients reach the gateway.
  String publicUrl() {
    return gateway.publicUrl();
  }

  /// Where operators reach the gateway.
  String adminUrl() {
    return gateway.adminUrl();
  }

  /// Stops the gateway and starts it again over the same data, at another address.
  void restart() {
    nobody.close();
    gateway.close();
    gateway = start();
    nobody = new Exchange(gateway.publicUrl());
  }

  /// A new token of the shop's number.
  String token(String kind) {
    try (Exchange operator = new Exchange(gateway.adminUrl())) {
      return operator
          .as(Caller.ADMIN_TOKEN)
          .post(
              "/api/v1/tokens",
              "{\"kind\":\"%s\",\"phoneNumberId\":\"%s\"}".formatted(kind, SHOP.phoneNumberId()))
          .json()
          .path("token")
          .stringValue();
    }
  }

  /// A client as it is written for Turn.
  Exchange client(String token) {
    return nobody.as(token).with("Accept", "application/vnd.v1+json");
  }

  /// A document of the operator's interface.
  String operator(String method, String path, String body) {
    try (Exchange operator = new Exchange(gateway.adminUrl())) {
      return operator.as(Caller.ADMIN_TOKEN).send(method, path, body).text();
    }
  }

  /// Tells the gateway the shop's number and account, as an operator does before the first webhook.
  void introduceShop() {
    operator(
        "PUT",
        "/api/v1/phone-numbers/" + SHOP.phoneNumberId(),
        "{\"wabaId\":\"%s\"}".formatted(SHOP.wabaId()));
    operator("PUT", "/api/v1/wabas/" + SHOP.wabaId(), "{\"name\":\"Shop\"}");
  }

  /// What a client in a process of its own has to know.
  Map<String, String> clientEnvironment() {
    return Map.of(
        "CHASQUI", publicUrl(),
        "ADMIN", adminUrl(),
        "ADMIN_TOKEN", Caller.ADMIN_TOKEN,
        "TOKEN", ACCESS_TOKEN,
        "APP_SECRET", Caller.SECRET,
        "GRAPH", graph.url().toString(),
        "PHONE", SHOP.phoneNumberId(),
        "WABA", SHOP.wabaId());
  }

  /// Makes the service's webhook an endpoint of the dialect.
  ///
  /// @return the secret that it is signed with
  String subscribe(String subscription) {
    String endpoint =
        """
        {"name":"service","dialect":"turn","url":"%s","subscriptions":["%s"]}\
        """
            .formatted(app.url(), subscription);
    String answer = operator("POST", "/api/v1/endpoints", endpoint);
    return Json.read(Bytes.utf8(answer)).path("secret").stringValue();
  }

  @Override
  public void close() {
    nobody.close();
    gateway.close();
    graph.close();
    app.close();
  }
}
