package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a receiver that fails to the alert webhook, through a whole gateway.
class AlertsIT {

  @TempDir private Path folder;

  @Test
  void aReceiverThatFailsIsOneAlertAndItsRecoveryResolvesIt() throws Exception {
    try (Town receiver = new Town();
        Town operator = new Town();
        Gateway gateway = start();
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

  private Gateway start() {
    Map<String, String> flags =
        Map.of(
            "data", folder.toString(),
            "public.address", "127.0.0.1:0",
            "admin.address", "127.0.0.1:0",
            "alerts.every", "300ms",
            "alerts.calm", "500ms");
    return Gateway.start(
        new SettingsLoader(Caller.ENVIRONMENT).flags(flags).load(), Caller.ENVIRONMENT);
  }
}
