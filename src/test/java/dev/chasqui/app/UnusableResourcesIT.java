package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.Store;
import dev.chasqui.store.sql.SqlStore;
import dev.chasqui.store.sql.StoreSettings;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is bad in the store, from a restored backup or another version, costs that one resource.
class UnusableResourcesIT {

  private static final WorkspaceId BROKEN = new WorkspaceId("broken");
  private static final Map<String, String> QUICK =
      Map.of("alerts.every", "300ms", "alerts.calm", "0s");

  @TempDir private Path folder;

  @Test
  void blankSecretsInTheStoreCostNobodyElseAnything() throws Exception {
    setAll();
    Clock clock = Clock.systemUTC();
    try (Store store = openStore(clock)) {
      ResourceStore resources = store.resources();
      for (String name : List.of("webhook-signing-secret", "meta-access-token")) {
        resources.putSecret(BROKEN, name, " ", clock.instant(), clock.instant());
      }
      Endpoint endpoint = ofBroken(resources);
      resources.putEndpoint(
          new Endpoint(
              endpoint.identity(),
              endpoint.role(),
              endpoint.url(),
              endpoint.scope(),
              endpoint.interest(),
              new Endpoint.Access(List.of("\u2028"), Map.of()),
              endpoint.policy()));
    }
    try (Gateway gateway = LocalGateway.start(folder, QUICK);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      othersGoOn(caller);
      awaitAlerts(caller, 3);
      assertThat(alerts(caller))
          .anyMatch(it -> it.contains("secret webhook-signing-secret"))
          .anyMatch(it -> it.contains("secret meta-access-token"))
          .anyMatch(it -> it.startsWith("endpoint ep_"));
      String path = "/api/v1/endpoints/" + endpointId(caller);
      assertThat(caller.get(path + "?workspace=broken")).contains("\"state\":\"disabled\"");
      assertThat(caller.admin("POST", path + "/resume?workspace=broken", "").statusCode())
          .isEqualTo(409);
      mend(caller, path);
      awaitAlerts(caller, 0);
    }
  }

  private static void mend(Caller caller, String path) throws IOException, InterruptedException {
    for (String name : List.of("webhook-signing-secret", "meta-access-token")) {
      String secret = "/api/v1/secrets/" + name + "?workspace=broken";
      assertThat(caller.admin("PUT", secret, "{\"value\":\"mended\"}").statusCode()).isEqualTo(204);
    }
    String query = "?workspace=broken";
    assertThat(caller.admin("POST", path + "/rotate-secret" + query, "").statusCode())
        .isEqualTo(200);
    assertThat(caller.admin("POST", path + "/resume" + query, "").statusCode()).isEqualTo(200);
  }

  @Test
  void rowsThatCannotBeReadCostNobodyElseAnything() throws Exception {
    setAll();
    change(
        "UPDATE endpoints SET policy = '{' WHERE workspace = 'broken'",
        "UPDATE wabas SET subscription = 'X' WHERE workspace = 'broken'",
        "UPDATE source_accounts SET admission = '[' WHERE workspace = 'broken'",
        "UPDATE fallback_channels SET url = 'ht tp' WHERE workspace = 'broken'",
        "UPDATE alert_webhooks SET kinds = 'no.kind' WHERE workspace = 'broken'",
        "UPDATE secrets SET sealed = x'00' WHERE workspace = 'broken'");
    try (Gateway gateway = LocalGateway.start(folder, QUICK);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      othersGoOn(caller);
      awaitAlerts(caller, 7);
      String path = "/api/v1/endpoints/" + endpointId(caller) + "?workspace=broken";
      assertThat(caller.get(path)).contains("\"state\":\"disabled\"", "\"name\":\"crm\"");
      assertThat(caller.admin("DELETE", path, "").statusCode()).isEqualTo(204);
      awaitAlerts(caller, 6);
    }
  }

  /// The same set of everything in two workspaces.
  private void setAll() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      for (String[] it : new String[][] {{"broken", "7"}, {"sound", "8"}}) {
        String query = "?workspace=" + it[0];
        String number = "/api/v1/phone-numbers/" + it[1];
        String url = "{\"url\":\"http://127.0.0.1:9/\"}";
        set(caller, "PUT", "/api/v1/secrets/meta-verify-token" + query, "{\"value\":\"v-1\"}");
        set(caller, "PUT", "/api/v1/wabas/" + it[1] + query, "{\"name\":\"shop\"}");
        set(caller, "PUT", number + "/fallback" + query, url);
        set(caller, "PUT", "/api/v1/alert-webhook" + query, url);
        set(
            caller,
            "PUT",
            "/api/v1/exotel-accounts/a" + it[1] + query,
            "{\"apiKey\":\"k\",\"apiToken\":\"t\"}");
        set(
            caller,
            "POST",
            "/api/v1/endpoints" + query,
            "{\"name\":\"crm\",\"dialect\":\"turn\",\"url\":\"http://127.0.0.1:9/\"}");
      }
    }
  }

  private static void set(Caller caller, String method, String path, String body)
      throws IOException, InterruptedException {
    assertThat(caller.admin(method, path, body).statusCode()).as(path).isBetween(200, 204);
  }

  private void change(String... statements) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("chasqui.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
      }
    }
  }

  private static void othersGoOn(Caller caller) throws IOException, InterruptedException {
    assertThat(caller.open("/ready").statusCode()).isEqualTo(200);
    assertThat(caller.webhook(Caller.message("wamid.AFTER", 3)).body())
        .contains("\"accepted\":true");
    assertThat(caller.get("/api/v1/endpoints?workspace=sound")).contains("\"state\":\"healthy\"");
    assertThat(caller.get("/api/v1/phone-numbers/8/fallback?workspace=sound"))
        .contains("\"channelUuid\"");
    assertThat(caller.get("/api/v1/exotel-accounts?workspace=sound")).contains("\"a8\"");
    assertThat(caller.get("/api/v1/secrets?workspace=sound")).contains("\"stored\"");
    String path = "/api/v1/secrets/meta-verify-token?workspace=sound";
    assertThat(caller.admin("PUT", path, "{\"value\":\"v-2\"}").statusCode()).isEqualTo(204);
  }

  private static Endpoint ofBroken(ResourceStore resources) {
    return resources.endpoints().stream()
        .filter(it -> it.workspace().equals(BROKEN))
        .findFirst()
        .orElseThrow();
  }

  private static String endpointId(Caller caller) throws IOException, InterruptedException {
    String list = caller.get("/api/v1/endpoints?workspace=broken");
    return Json.read(Bytes.utf8(list)).path("data").path(0).path("id").asString();
  }

  private static void awaitAlerts(Caller caller, int count) {
    Conditions.until(
        count + " open alerts",
        () -> {
          try {
            return alerts(caller).size() == count;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        });
  }

  private static List<String> alerts(Caller caller) throws IOException, InterruptedException {
    String query = "/api/v1/alerts?workspace=broken&state=open&kind=resource.unusable";
    return Json.read(Bytes.utf8(caller.get(query)))
        .path("data")
        .valueStream()
        .map(it -> it.path("subject").asString())
        .toList();
  }

  private Store openStore(Clock clock) {
    TinkSealer sealer = new TinkSealer(folder.resolve("secrets.key"));
    Supervisor supervisor = Supervisor.ofProcess();
    return SqlStore.open(
        StoreSettings.embedded(folder), clock, sealer, ItemKeys::idHash, supervisor);
  }
}
