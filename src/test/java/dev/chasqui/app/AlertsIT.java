package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a receiver that fails to the alert webhook, through a whole gateway.
class AlertsIT {

  private static final Map<String, String> QUICK =
      Map.of("alerts.every", "300ms", "alerts.calm", "500ms");

  @TempDir private Path folder;

  @Test
  void aReceiverThatFailsIsOneAlertAndItsRecoveryResolvesIt() throws Exception {
    try (Town receiver = new Town();
        Town operator = new Town();
        Gateway gateway = LocalGateway.start(folder, QUICK);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(
              caller
                  .admin(
                      "PUT",
                      "/api/v1/alert-webhook",
                      "{\"url\":\"%s\",\"kinds\":[\"endpoint.health\"]}".formatted(operator.url()))
                  .body())
          .contains("\"secret\":\"whsec_");
      receiver.answer(503);
      caller.callback(receiver.url());
      for (int i = 0; i < 12; i++) {
        caller.webhook(Caller.message("wamid.ALERT" + i, 10));
      }
      operator.await("the failure is told", got -> !got.isEmpty());
      assertThat(operator.got().getFirst().body().toUtf8())
          .contains("\"type\":\"alert.raised\"", "\"condition\":\"failing\"");
      assertThat(caller.get("/api/v1/alerts?kind=endpoint.health&state=open"))
          .containsOnlyOnce("\"id\":\"")
          .contains("\"condition\":\"failing\"");
      receiver.answer(200);
      caller.webhook(Caller.message("wamid.AFTER", 10));
      operator.await("the recovery is told", got -> got.size() > 1);
      assertThat(operator.got().get(1).body().toUtf8())
          .contains("\"type\":\"alert.resolved\"", "\"resolution\":\"over\"");
      assertThat(caller.get("/api/v1/alerts?kind=endpoint.health"))
          .containsOnlyOnce("\"id\":\"")
          .contains("\"state\":\"resolved\"");
      assertThat(operator.got()).hasSize(2);
    }
  }
}
