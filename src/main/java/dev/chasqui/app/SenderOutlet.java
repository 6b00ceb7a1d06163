package dev.chasqui.app;

import dev.chasqui.delivery.Sender;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Tls;
import dev.chasqui.model.Version;
import dev.chasqui.operations.Outlet;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Leads the management surfaces to the sender, so that a handshake is held to the same addresses
/// and limits as a delivery.
record SenderOutlet(Sender sender) implements Outlet {

  @Override
  public SendResult get(URI url, Duration deadline, int keepBytes) throws InterruptedException {
    return sender.send(
        new Sender.Outbound(
            "GET",
            url,
            Map.of("User-Agent", "Chasqui/" + Version.VALUE, "Accept", "text/plain, */*"),
            Bytes.EMPTY,
            deadline,
            keepBytes));
  }

  @Override
  public SendResult post(URI url, Bytes json, Duration deadline, int keepBytes)
      throws InterruptedException {
    return sender.send(
        new Sender.Outbound(
            "POST",
            url,
            Map.of("User-Agent", "Chasqui/" + Version.VALUE, "Content-Type", "application/json"),
            json,
            deadline,
            keepBytes));
  }

  @Override
  public Optional<String> objection(URI url) throws InterruptedException {
    return sender.objection(url);
  }

  @Override
  public Optional<String> objection(Tls tls) {
    return sender.objection(tls);
  }
}
