package dev.chasqui.ingress;

import dev.chasqui.http.server.Routes;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.IdSource;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// The public doors for Meta's webhooks: GET and POST of `/webhooks/whatsapp` and `/webhooks/meta`,
/// for the default workspace and, below `/w/{workspace}`, for each.
public final class Ingress {

  private final DoorKeeper door;
  private final Entrance entrance;

  /// @param random for request ids, which need not be secret
  public Ingress(
      IngressSettings settings,
      Journal journal,
      DoorKeeper door,
      Clock clock,
      RandomGenerator random) {
    this.door = door;
    this.entrance =
        new Entrance(
            settings,
            journal,
            new DedupWindow(settings.dedup().window()),
            new Guard(settings.guard(), clock),
            clock,
            new IdSource(clock, random),
            random);
  }

  /// Fills the window of recent bodies from the journal's tail; before the first request.
  public void refill() {
    entrance.window().refill(entrance.journal(), entrance.settings().dedup().refillBytes());
  }

  /// Adds the doors to a listener's routes.
  public void addTo(Routes routes) {
    for (String source : new String[] {"whatsapp", "meta"}) {
      ReceiveWebhook receive = new ReceiveWebhook(source, door, entrance);
      AnswerHandshake handshake = new AnswerHandshake(source, door, entrance.clock());
      for (String prefix : new String[] {"", "/w/{workspace}"}) {
        String path = prefix + "/webhooks/" + source;
        routes.onLoop("POST", path, entrance.settings().maxBodyBytes(), receive);
        routes.get(path, handshake);
      }
    }
  }
}
