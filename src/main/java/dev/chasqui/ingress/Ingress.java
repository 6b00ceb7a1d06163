package dev.chasqui.ingress;

import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.http.server.LoginCheck;
import dev.chasqui.http.server.LoopHandler;
import dev.chasqui.http.server.Routes;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.IdSource;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// The public doors: GET and POST of `/webhooks/whatsapp` and `/webhooks/meta`, for the default
/// workspace and, below `/w/{workspace}`, for each; and those of Turn's channels and Exotel's
/// accounts, which belong to a workspace themselves; and those of fallback channels.
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
    RejectRoom room = new RejectRoom(settings.guard().bytes(), journal);
    this.entrance =
        new Entrance(
            settings,
            journal,
            new DedupWindow(settings.dedup().window()),
            new Guard(settings.guard(), room, clock),
            clock,
            new IdSource(clock, random),
            random);
  }

  /// Fills the window of recent bodies from the journal's tail; before the first request.
  public void refill() {
    entrance.window().refill(entrance.journal(), entrance.settings().dedup());
  }

  /// Looks how much room there is for requests that fail verification; once every few seconds.
  public void look() {
    entrance.guard().room().look();
  }

  /// Whether such requests are refused because the journal has no room for more of them.
  public boolean isShortOfRejectRoom() {
    return entrance.guard().room().shortOf() != null;
  }

  /// Bytes of such requests in the journal.
  public long rejectedBytes() {
    return entrance.guard().room().keptBytes();
  }

  /// What is known of such requests in the journal, as text for [#restoreRejects].
  public String savedRejects() {
    return entrance.guard().room().saved();
  }

  /// Takes up what was known when the process ended; before the first request.
  public void restoreRejects(String saved) {
    entrance.guard().room().restore(saved);
  }

  /// Adds the doors to a listener's routes.
  public void addTo(Routes routes) {
    routes.logins(new LoginCheck(door.logins(), answer -> answer.status() == 400));
    for (String source : new String[] {"whatsapp", "meta"}) {
      ReceiveWebhook receive = receive(new MetaDoor(source, door));
      AnswerHandshake handshake = AnswerHandshake.ofMeta(source, door, entrance.clock());
      for (String prefix : new String[] {"", "/w/{workspace}"}) {
        String path = prefix + "/webhooks/" + source;
        post(routes, path, receive);
        routes.get(path, handshake);
      }
    }
    door.senders().dialects().find(DialectName.TURN).ifPresent(it -> addTurn(routes, it));
    door.senders().dialects().find(DialectName.EXOTEL).ifPresent(it -> addExotel(routes, it));
    door.senders().dialects().find(FallbackDoor.SOURCE).ifPresent(it -> addFallback(routes, it));
    routes.logins(null);
  }

  /// The bridges of fallback channels: with a channel's uuid in the path, or a token.
  private void addFallback(Routes routes, SourceDialect dialect) {
    post(routes, "/api/whatsapp/{uuid}", receive(FallbackDoor.ofUuid(dialect, bridges())));
    LoginCheck tokens = new LoginCheck(door.logins(), bridges()::isOfWrongToken);
    LoopHandler events = receive(FallbackDoor.ofToken(dialect, bridges()));
    post(routes, "/v1/events", tokens.before(events));
  }

  private FallbackSenders bridges() {
    return door.senders().bridges();
  }

  private void addTurn(Routes routes, SourceDialect dialect) {
    post(routes, "/webhooks/turn/{id}", receive(new AccountDoor(dialect, door)));
  }

  private void addExotel(Routes routes, SourceDialect dialect) {
    AccountDoor exotel = new AccountDoor(dialect, door);
    VerifyExotel receive = new VerifyExotel(exotel, door, receive(exotel));
    AnswerHandshake handshake = AnswerHandshake.ofAccount(exotel, door.events());
    for (String suffix : new String[] {"", "/incoming", "/status"}) {
      String path = "/webhooks/exotel/{id}" + suffix;
      post(routes, path, receive);
      routes.get(path, handshake);
    }
  }

  private ReceiveWebhook receive(SourceDoor source) {
    return new ReceiveWebhook(source, door.events(), entrance);
  }

  private void post(Routes routes, String path, LoopHandler handler) {
    routes.onLoop("POST", path, entrance.settings().maxBodyBytes(), handler);
  }
}
