package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  private static final String VERSION = "{version:v[0-9]+\\.[0-9]+}";

  private final RouteTable table =
      new RouteTable(
          routes(
              "GET /{free}/{id}",
              "POST /{free}/{id}",
              "GET /" + VERSION + "/{id:[0-9]+}",
              "POST /" + VERSION + "/{id:[0-9]+}/subscribed_apps",
              "GET /v1/messages",
              "PUT /v1/messages",
              "GET /",
              "GET /w/{workspace}/webhooks/meta"));

  @ParameterizedTest
  @CsvSource({
    "GET, /, GET /",
    "HEAD, /, GET /",
    "GET, /v1/messages, GET /v1/messages",
    "POST, /v1/messages, POST /{free}/{id}",
    "GET, /v23.0/123, GET /{version}/{id}",
    "GET, /v23.0/abc, GET /{free}/{id}",
    "POST, /v23.0/123, POST /{free}/{id}",
    "GET, /w/a%20b/webhooks/meta, GET /w/{workspace}/webhooks/meta",
  })
  void findsTheMostSpecificRoute(String method, String path, String label) {
    assertThat(table.match(method, path))
        .isInstanceOfSatisfying(
            RouteTable.Found.class, found -> assertThat(found.route().label()).isEqualTo(label));
  }

  @Test
  void givesDecodedParameters() {
    assertThat(table.match("POST", "/v23.0/42/subscribed_apps"))
        .isInstanceOfSatisfying(
            RouteTable.Found.class,
            found ->
                assertThat(found.parameters()).isEqualTo(Map.of("version", "v23.0", "id", "42")));
  }

  @Test
  void tellsTheMethodsThatWouldDo() {
    assertThat(table.match("DELETE", "/v1/messages"))
        .isEqualTo(new RouteTable.WrongMethod("GET, HEAD, POST, PUT"));
    assertThat(table.match("GET", "/v23.0/42/subscribed_apps"))
        .isEqualTo(new RouteTable.WrongMethod("POST"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/v1", "/v1/messages/", "//", "/a//", "/a/%zz", "/w//webhooks/meta"})
  void doesNotKnowOtherPaths(String path) {
    assertThat(table.match("GET", path)).isEqualTo(new RouteTable.Unknown());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "/{", "/{1}", "/a{b}", "/{a:(}"})
  void refusesBadPatterns(String pattern) {
    assertThatThrownBy(() -> RoutePattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTheSameRouteTwice() {
    assertThatThrownBy(() -> new RouteTable(routes("GET /a", "GET /a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static java.util.List<Route> routes(String... labels) {
    Routes routes = new Routes();
    for (String label : labels) {
      String[] parts = label.split(" ", 2);
      routes.blocking(parts[0], parts[1], 0, _ -> Response.empty(200));
    }
    return routes.list();
  }
}
