package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.cli.child.FreshGateway;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.RetrySchedule;
import dev.chasqui.sim.SampleReceiver;
import dev.chasqui.sim.WebhookFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// A gateway with no account and no configuration, a platform, receivers, and a day of traffic.
/// Everything goes over the gateway's HTTP interfaces.
public final class Demo implements AutoCloseable {

  private static final Duration DELIVERED = Duration.ofSeconds(40);
  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final int CONCURRENCY = 8;

  private final Story story;
  private final FreshGateway secrets;
  private final ChildProcess gateway;
  private final ReceiverSite site = new ReceiverSite();
  private final ApiClient admin;
  private final ApiClient graph;
  private final Cast cast;
  private final Expected expected;

  /// Starts the gateway on an empty data directory.
  public Demo(Path data, Story story, RandomGenerator random) throws InterruptedException {
    this.story = story;
    this.secrets = FreshGateway.of(random);
    this.gateway = ChildProcess.start(secrets.start(data, List.of()));
    ChildProcess.Ready ready = gateway.ready();
    this.admin = new ApiClient(ready.adminUrl(), secrets.adminToken());
    this.graph = new ApiClient(ready.publicUrl(), secrets.adminToken());
    this.cast = Cast.of(secrets.appSecret(), secrets.verifyToken(), random);
    this.expected = new Expected(cast);
    story.tell("a gateway starts", "in %.1f s".formatted(ready.after().toMillis() / 1e3));
  }

  /// Plays the day and counts.
  ///
  /// @return what is not as it ought to be, one line each; empty if all is well
  public List<String> play(Clock clock, RandomGenerator random) throws InterruptedException {
    new Registration(admin, graph, site, secrets.verifyToken()).register(cast);
    story.tell("three callbacks and three subscribers", "registered");
    URI callback = gateway.ready().publicUrl().resolve("/webhooks/whatsapp");
    Check check = new Check();
    try (Platform platform = new Platform(callback, RetrySchedule.QUICK, clock, CONCURRENCY)) {
      boolean isShaken = platform.shakesHands(secrets.verifyToken(), "1158201444");
      story.tell("the platform shakes hands", isShaken ? "and is recognised" : "and is refused");
      check.add("handshakes", 1, isShaken ? 1 : 0);
      WebhookFactory factory = new WebhookFactory(random, clock);
      AppSecret secret = new AppSecret(secrets.appSecret());
      new Day(new Day.Props(platform, factory, secret), expected, story).play(cast);
    }
    awaitDeliveries();
    Books day = closedBooks();
    new Evening(expected, cast).count(day, check);
    replay(check);
    check.print(story);
    return check.mismatches();
  }

  /// Where the admin API is, for people.
  public URI adminUrl() {
    return gateway.ready().adminUrl();
  }

  /// Where webhooks go, for people.
  public URI publicUrl() {
    return gateway.ready().publicUrl();
  }

  /// What opens the admin API.
  public String adminToken() {
    return secrets.adminToken();
  }

  private void awaitDeliveries() throws InterruptedException {
    boolean isAll =
        Patience.await(
            DELIVERED,
            () -> cast.receivers().stream().allMatch(r -> r == cast.archive() || hasAll(r)));
    int taken = cast.receivers().stream().mapToInt(SampleReceiver::taken).sum();
    story.tell(
        isAll ? "all that can be delivered is delivered" : "some deliveries do not come",
        "%,5d deliveries taken".formatted(taken));
  }

  private boolean hasAll(SampleReceiver receiver) {
    return receiver.taken() >= expected.owed(receiver);
  }

  private Books closedBooks() throws InterruptedException {
    Books[] books = {Books.read(admin)};
    Patience.await(
        SETTLED,
        () -> {
          if (!books[0].isClosed()) {
            books[0] = Books.read(admin);
          }
          return books[0].isClosed();
        });
    return books[0];
  }

  private void replay(Check check) throws InterruptedException {
    SampleReceiver archive = cast.archive();
    archive.feel(SampleReceiver.Mood.WELL);
    admin.post("/api/v1/replays", Bytes.utf8("{\"deadOnly\":true,\"filter\":{}}"));
    Patience.await(DELIVERED, () -> hasAll(archive));
    story.tell(
        "the archive is back: dead letters replayed", "%,5d taken".formatted(archive.taken()));
    Books books = closedBooks();
    check.add("dead letters taken after replay", expected.owed(archive), archive.taken());
    check.add("dead letters left", 0, books.deliveries("standard", "dead"));
  }

  @Override
  public void close() {
    admin.close();
    graph.close();
    gateway.close();
    site.close();
  }
}
