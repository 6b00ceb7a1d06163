package dev.chasqui.api.operator;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Playground;
import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.operations.ReceiverDialects;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.system.SystemView;
import dev.chasqui.outbound.Sender;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.SecretSealer;
import dev.chasqui.store.Store;
import dev.chasqui.store.sql.SqlStore;
import dev.chasqui.store.sql.StoreSettings;
import dev.chasqui.testkit.MovedClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/// The operator's interface on a free port over a real store, with the dialects and the way out as
/// they are, and the engines behind the other ports played by the test.
final class Operator implements AutoCloseable {

  static final WorkspaceId OTHER = new WorkspaceId("other");
  static final WorkspaceId DEFAULT = WorkspaceId.DEFAULT;

  final Store store;
  final MovedClock clock = new MovedClock();
  final Engines engines = new Engines();
  final Playground playground;
  final OperatorApi api;
  final Exchange nobody;
  final Exchange admin;

  private final IdSource ids = new IdSource(clock, new SplittableRandom(11));

  Operator(Path folder) {
    this(folder, Map.of());
  }

  /// @param environment secrets by name
  Operator(Path folder, Map<String, String> environment) {
    store =
        SqlStore.open(
            StoreSettings.embedded(folder),
            clock,
            new Plain(),
            String::hashCode,
            Supervisor.ofProcess());
    OperatorApi[] made = new OperatorApi[1];
    playground =
        new Playground(
            (routes, sender) -> {
              made[0] = new OperatorApi(context(environment), ports(sender), Operator::system);
              made[0].addTo(routes);
              routes.blocking("POST", "/receivers/{name}", 1 << 16, engines::receive);
            });
    api = made[0];
    DocumentCheck document = new DocumentCheck(OpenApiDocument.write(api.operations()));
    nobody =
        new Exchange(playground.base(), (method, path, it) -> check(document, method, path, it));
    admin = nobody.as(token("admin", DEFAULT));
  }

  /// Each answer is as the OpenAPI document says.
  private static void check(
      DocumentCheck document, String method, String path, Exchange.Answered answered) {
    String mediaType = answered.header("Content-Type").split(";", 2)[0];
    if (mediaType.endsWith("json")) {
      document.answer(method, path, answered.status(), mediaType, answered.json());
    }
  }

  private static SystemView system() {
    return new SystemView(
        "1",
        MovedClock.START,
        0,
        "sqlite",
        new SystemView.Journal("writable", null, 1, 2, 3),
        new SystemView.Lag(0, 0),
        0,
        List.of(new SystemView.Setting("data", "/data", "flag", "Where data is.")));
  }

  private OperatorContext context(Map<String, String> environment) {
    return new OperatorContext(
        store,
        store.resources(),
        new Secrets(store.resources(), environment, clock),
        it -> it.equals(DEFAULT) || it.equals(OTHER),
        ids,
        new SplittableRandom(5),
        clock);
  }

  private OperatorPorts ports(Sender sender) {
    Dialects dialects = Rules.DIALECTS;
    ReceiverDialects receivers =
        name ->
            dialects
                .find(name)
                .map(
                    it ->
                        new ReceiverDialects.Traits(
                            it.defaults(), it::secretObjection, it::newSecret, it.subscriptions()));
    return new OperatorPorts(
        engines.changes::incrementAndGet,
        store.sources(),
        store.fallbacks(),
        sender,
        new OperatorPorts.Receivers(receivers, engines, engines.testing(sender)),
        new OperatorPorts.Events(
            engines, engines, engines, engines, engines.tail, new ReadMemory(48 << 20, 4 << 20)),
        engines);
  }

  /// A new token.
  String token(String kind, WorkspaceId workspace) {
    TokenId id = new TokenId(ids.next());
    String text = kind + "-" + id;
    store
        .resources()
        .putToken(
            new ResourceStore.Token(
                id, workspace, kind, null, Callers.hash(text), clock.instant()));
    return text;
  }

  /// A receiver beside the interface.
  String receiver() {
    return playground.base() + "/receivers/crm";
  }

  /// The document of a new endpoint.
  String endpoint(String more) {
    return "{\"name\":\"crm\",\"dialect\":\"standard\",\"url\":\""
        + receiver()
        + "\",\"allowTwin\":true"
        + more
        + "}";
  }

  /// Creates an endpoint and gives its id.
  String created(String more) {
    return admin.post("/api/v1/endpoints", endpoint(more)).json().path("id").stringValue("");
  }

  /// The paths of a problem's errors.
  static List<String> paths(Exchange.Answered answered) {
    return answered.json().path("errors").valueStream().map(it -> text(it, "path")).toList();
  }

  static String text(JsonNode node, String name) {
    return node.path(name).stringValue("");
  }

  @Override
  public void close() {
    nobody.close();
    playground.close();
    store.close();
  }

  /// Seals nothing: what is sealed is another part's matter.
  private static final class Plain implements SecretSealer {
    @Override
    public byte[] seal(String plain, String context) {
      return plain.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String open(byte[] sealed, String context) {
      return new String(sealed, StandardCharsets.UTF_8);
    }
  }
}
