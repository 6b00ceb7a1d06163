package dev.chasqui.cli.sandbox;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.cli.child.FreshGateway;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Inbox;
import dev.chasqui.sim.SmsBridge;
import dev.chasqui.sim.graph.FakeGraph;
import dev.chasqui.sim.graph.GraphReport;
import dev.chasqui.sim.graph.Reaction;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A gateway in a process of its own with one phone number, a simulated platform that it sends to
/// and is told by, an SMS bridge and an inbox. Nothing but the number is configured.
public final class Sandbox implements AutoCloseable {

  private static final Business BUSINESS = Business.SAMPLE;
  private static final int SECRET_BYTES = 16;

  private final FreshGateway secrets;
  private final String bridgeSecret;
  private final FakeGraph graph;
  private final SmsBridge bridge;
  private final Inbox inbox;
  private final ChildProcess gateway;

  private Sandbox(
      FreshGateway secrets, String bridgeSecret, FakeGraph graph, SmsBridge bridge, Path data)
      throws InterruptedException {
    this.secrets = secrets;
    this.bridgeSecret = bridgeSecret;
    this.graph = graph;
    this.bridge = bridge;
    this.inbox = new Inbox();
    this.gateway = startGateway(data);
  }

  /// Starts all of it on an empty data directory.
  public static Sandbox start(Path data, Clock clock, RandomGenerator random)
      throws InterruptedException {
    FreshGateway secrets = FreshGateway.of(random);
    String bridgeSecret = secret(random);
    FakeGraph.Account account = FakeGraph.Account.of(secret(random), secrets.appSecret(), BUSINESS);
    FakeGraph graph = FakeGraph.start(account, clock, random);
    SmsBridge bridge = SmsBridge.start(bridgeSecret, clock, random);
    Sandbox sandbox = new Sandbox(secrets, bridgeSecret, graph, bridge, data);
    sandbox.introduce();
    return sandbox;
  }

  /// Where everything is and what opens it: names for a shell's variables, and their values.
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("CHASQUI", gateway.ready().publicUrl().toString());
    variables.put("ADMIN", gateway.ready().adminUrl().toString());
    variables.put("ADMIN_TOKEN", secrets.adminToken());
    variables.put("PHONE", BUSINESS.phoneNumberId());
    variables.put("GRAPH", graph.url().toString());
    variables.put("BRIDGE", bridge.url().toString());
    variables.put("BRIDGE_SECRET", bridgeSecret);
    variables.put("INBOX", inbox.url().toString());
    return variables;
  }

  public FakeGraph graph() {
    return graph;
  }

  public SmsBridge bridge() {
    return bridge;
  }

  /// The gateway's public address.
  public URI publicUrl() {
    return gateway.ready().publicUrl();
  }

  /// Calls of the admin API; the caller closes it.
  public ApiClient admin() {
    return new ApiClient(gateway.ready().adminUrl(), secrets.adminToken());
  }

  private ChildProcess startGateway(Path data) throws InterruptedException {
    Map<String, String> upstream =
        Map.of(
            "CHASQUI_UPSTREAM_URL",
            graph.url().toString(),
            "META_ACCESS_TOKEN",
            graph.account().accessToken());
    return ChildProcess.start(secrets.start(data, List.of(), upstream));
  }

  /// Makes gateway and platform known to each other.
  private void introduce() throws InterruptedException {
    try (ApiClient admin = admin()) {
      JsonWriter number = new JsonWriter(128).beginObject().member("wabaId", BUSINESS.wabaId());
      number.member("displayPhoneNumber", BUSINESS.displayPhoneNumber()).endObject();
      admin.put("/api/v1/wabas/" + BUSINESS.wabaId(), Bytes.utf8("{\"name\":\"Sandbox\"}"));
      admin.put("/api/v1/phone-numbers/" + BUSINESS.phoneNumberId(), number.bytes());
    }
    graph.callback(publicUrl().resolve("/webhooks/whatsapp"));
    graph.conduct().usually(Reaction.take(GraphReport.SENT, GraphReport.DELIVERED));
  }

  private static String secret(RandomGenerator random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    gateway.close();
    inbox.close();
    bridge.close();
    graph.close();
  }
}
