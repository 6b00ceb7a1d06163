package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While the store takes nothing, answers and metrics say how far it is behind; once it does, the
/// next answer has all.
class LagIT {

  private static final String BEHIND = "Chasqui-Behind-Seconds";
  private static final Pattern LAG =
      Pattern.compile("(?m)^chasqui_projection_lag_seconds ([0-9.E-]+)$");

  @TempDir private Path folder;

  @Test
  void whatIsNotStoredYetIsToldAndSeenAsSoonAsItIs() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
        Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chasqui.db"));
        Statement statement = store.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (int i = 0; i < 5; i++) {
        assertThat(caller.webhook(Caller.message("wamid." + i, 5)).statusCode()).isEqualTo(200);
      }
      HttpResponse<String> stats = caller.admin("GET", "/api/v1/stats", "");
      assertThat(Integer.parseInt(stats.headers().firstValue(BEHIND).orElse("0"))).isPositive();
      assertThat(caller.admin("GET", "/api/v1/events", "").headers().firstValue(BEHIND))
          .isPresent();
      HttpResponse<String> unknown = caller.admin("GET", "/api/v1/messages/wamid.1", "");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("not stored yet: the store is ", " s behind");
      assertThat(lagSeconds(caller)).isGreaterThanOrEqualTo(1);
      statement.execute("ROLLBACK");
      HttpResponse<String> whole = caller.admin("GET", "/api/v1/stats", "");
      while (whole.headers().firstValue(BEHIND).isPresent()) {
        assertThat(lagSeconds(caller)).isNotNegative();
        whole = caller.admin("GET", "/api/v1/stats", "");
      }
      assertThat(whole.body()).contains("\"processed\":5").contains("\"message\":5");
      assertThat(lagSeconds(caller)).isZero();
    }
  }

  private static double lagSeconds(Caller caller) throws Exception {
    Matcher lag = LAG.matcher(caller.get("/metrics"));
    assertThat(lag.find()).isTrue();
    return Double.parseDouble(lag.group(1));
  }
}
