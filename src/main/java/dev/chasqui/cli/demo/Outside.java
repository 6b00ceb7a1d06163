package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.FreshGateway;
import dev.chasqui.sim.SmsBridge;
import dev.chasqui.sim.graph.FakeGraph;
import java.net.URI;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/// The other side of the gateway: the platform and a bridge to short messages.
///
/// @param bridgeSecret what the bridge is posted to with
record Outside(FakeGraph graph, SmsBridge bridge, String bridgeSecret) implements AutoCloseable {

  private static final int SECRET_BYTES = 20;

  static Outside open(FreshGateway secrets, Clock clock, RandomGenerator random) {
    Random own = new Random(random.nextLong());
    FakeGraph.Account account =
        FakeGraph.Account.of(secret(random), secrets.appSecret(), Cast.CLUB);
    String bridgeSecret = secret(random);
    return new Outside(
        FakeGraph.start(account, clock, own),
        SmsBridge.start(bridgeSecret, clock, own),
        bridgeSecret);
  }

  /// What a gateway must know to send.
  Map<String, String> environment() {
    return Map.of(
        "CHASQUI_UPSTREAM_URL",
        graph.url().toString(),
        "META_ACCESS_TOKEN",
        graph.account().accessToken());
  }

  /// Tells both where the gateway is.
  ///
  /// @param receiver the path at which the bridge tells what it knows
  void connect(URI gateway, String receiver) {
    graph.callback(gateway.resolve("/webhooks/whatsapp"));
    bridge.connect(gateway.resolve(receiver));
  }

  private static String secret(RandomGenerator random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "Outside";
  }

  @Override
  public void close() {
    bridge.close();
    graph.close();
  }
}
