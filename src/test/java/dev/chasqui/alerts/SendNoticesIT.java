package dev.chasqui.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chasqui.dialect.standard.StandardMessage;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.AlertStore.Notice;
import dev.chasqui.store.AlertStore.SendingState;
import dev.chasqui.store.AlertStore.Webhook;
import dev.chasqui.store.SecretSealer;
import dev.chasqui.store.sql.SqlStore;
import dev.chasqui.store.sql.StoreSettings;
import dev.chasqui.testkit.MovedClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages to a real receiver, out of a real store.
class SendNoticesIT {

  private static final List<String> SECRETS =
      List.of("whsec_bmV3LXNlY3JldC1vZi1hbGVydHM=", "whsec_b2xkLXNlY3JldC1vZi1hbGVydHM=");
  private static final Duration TWELVE_HOURS = Duration.ofHours(12);

  private static final SecretSealer PLAIN =
      new SecretSealer() {
        @Override
        public byte[] seal(String plain, String context) {
          return plain.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String open(byte[] sealed, String context) {
          return new String(sealed, StandardCharsets.UTF_8);
        }
      };

  @TempDir private Path folder;
  private final MovedClock clock = new MovedClock();
  private final IdSource ids = new IdSource(clock, new Random(5));
  private final EventLoops loops = EventLoops.start(1);
  private final HttpSender sender =
      HttpSender.start(loops, ClientSettings.DEFAULT.allowing(List.of(Cidr.parse("127.0.0.1/32"))));
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private SqlStore store;
  private volatile int status = 200;

  private record Seen(String id, String timestamp, String signature, Bytes body) {}

  @BeforeEach
  void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16);
    receiver.createContext("/", this::take);
    receiver.start();
    openStore();
    URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/ops");
    store.alerts().putWebhook(new Webhook(WorkspaceId.DEFAULT, url, Set.of()));
  }

  private void openStore() {
    store =
        SqlStore.open(
            StoreSettings.embedded(folder), clock, PLAIN, String::hashCode, Supervisor.ofProcess());
  }

  @AfterEach
  void close() {
    store.close();
    sender.close();
    loops.close();
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      seen.add(
          new Seen(
              header(exchange, "webhook-id"),
              header(exchange, "webhook-timestamp"),
              header(exchange, "webhook-signature"),
              Bytes.of(exchange.getRequestBody().readAllBytes())));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private SendNotices sending() {
    return new SendNotices(store.alerts(), sender, _ -> SECRETS, clock);
  }

  private AlertId raise() {
    Alert alert =
        new Alert(
            new AlertId(ids.next()),
            WorkspaceId.DEFAULT,
            Alert.Kind.DEAD_LETTERS,
            "ep_1",
            "dying",
            new Alert.Words(Alert.Severity.WARNING, "some died", Map.of()),
            null);
    Notices notices = new Notices(store.alerts(), ids, 10);
    store.alerts().put(alert, notices.raised(alert, clock.instant()));
    return alert.id();
  }

  private Notice notice(AlertId alert) {
    return store.alerts().notices(alert).getFirst();
  }

  @Test
  void aMessageIsSignedWithEachSecretAndSentOnce() throws Exception {
    AlertId alert = raise();
    assertThat(sending().sendDue()).isEmpty();
    clock.move(TWELVE_HOURS);
    assertThat(sending().sendDue()).isEmpty();
    Seen one = seen.getFirst();
    assertThat(seen).hasSize(1);
    assertThat(one.id()).isEqualTo("msg_" + notice(alert).id());
    Instant sentAt = Instant.ofEpochSecond(Long.parseLong(one.timestamp()));
    assertThat(StandardMessage.headers(SECRETS, one.id(), sentAt, one.body()))
        .anyMatch(
            it -> it.name().equals("webhook-signature") && it.value().equals(one.signature()));
    assertThat(one.signature().split(" ")).hasSize(2);
    assertThat(one.body().toUtf8()).isEqualTo(notice(alert).body()).contains("alert.raised");
    assertThat(notice(alert).sending().state()).isEqualTo(SendingState.SENT);
  }

  @Test
  void aMessageThatFailsIsOwedOverARestartAndKeepsItsId() throws Exception {
    AlertId alert = raise();
    status = 500;
    assertThat(sending().sendDue()).contains(clock.instant().plusSeconds(5));
    assertThat(notice(alert).sending().error()).isEqualTo("status 500");
    store.close();
    openStore();
    status = 204;
    clock.move(Duration.ofMillis(4_999));
    sending().sendDue();
    assertThat(seen).as("not before its time").hasSize(1);
    clock.move(Duration.ofMillis(1));
    assertThat(sending().sendDue()).isEmpty();
    assertThat(seen).extracting(Seen::id).containsExactly(seen.getFirst().id(), seen.get(0).id());
    assertThat(notice(alert).sending().attempts()).isEqualTo(2);
  }

  @Test
  void aMessageIsGivenUpWhenItsScheduleIsExhausted() throws Exception {
    AlertId alert = raise();
    status = 503;
    for (int i = 0; i < 12; i++) {
      sending().sendDue();
      clock.move(TWELVE_HOURS);
    }
    assertThat(seen).hasSize(8);
    assertThat(notice(alert).sending().state()).isEqualTo(SendingState.GIVEN_UP);
    assertThat(store.alerts().nextNotice()).isEmpty();
  }

  @Test
  void ofManyThatWaitNoMoreAreAdded() {
    for (int i = 0; i < 12; i++) {
      raise();
    }
    assertThat(store.alerts().dueNotices(clock.instant(), 100)).hasSize(10);
    assertThat(store.alerts().open()).as("the alerts themselves are kept").hasSize(12);
  }
}
