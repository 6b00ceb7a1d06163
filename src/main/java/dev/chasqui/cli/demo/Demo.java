package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.cli.child.FreshGateway;
import dev.chasqui.cli.child.ScratchStore;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.ExotelWebhooks;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.RetrySchedule;
import dev.chasqui.sim.SampleReceiver;
import dev.chasqui.sim.SendMany;
import dev.chasqui.sim.TurnWebhooks;
import dev.chasqui.sim.WebhookFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A gateway with no account and no configuration, a platform, receivers, and a day of traffic.
/// Everything goes over the gateway's HTTP interfaces.
public final class Demo implements AutoCloseable {

  private static final Duration DELIVERED = Duration.ofSeconds(40);
  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final int CONCURRENCY = 8;

  private final Story story;
  private final FreshGateway secrets;
  private final Outside outside;
  private final ChildProcess gateway;
  private final ReceiverSite site = new ReceiverSite();
  private final ApiClient admin;
  private final ApiClient graph;
  private final Cast cast;
  private final Expected expected;

  /// Starts the gateway on an empty data directory and an empty store.
  public Demo(Path data, ScratchStore store, Story story, Clock clock, RandomGenerator random)
      throws InterruptedException {
    this.story = story;
    this.secrets = FreshGateway.of(random);
    this.outside = Outside.open(secrets, clock, random);
    Map<String, String> environment = new HashMap<>(outside.environment());
    environment.putAll(store.environment());
    this.gateway = ChildProcess.start(secrets.start(data, List.of(), environment));
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
    Registration registration = new Registration(admin, graph, site, secrets.verifyToken());
    Map<String, String> endpoints = registration.register(cast);
    story.tell("three callbacks and seven subscribers", "registered");
    ReceiverStates watch = new ReceiverStates(admin, endpoints);
    Check check = new Check();
    try (Platform meta = platform("whatsapp", clock);
        Platform turn = platform("turn/" + Registration.TURN_CHANNEL, clock);
        Platform exotel = platform("exotel/" + Registration.EXOTEL_ACCOUNT, clock)) {
      boolean isShaken = meta.shakesHands(secrets.verifyToken(), "1158201444");
      story.tell("the platform shakes hands", isShaken ? "and is recognised" : "and is refused");
      check.add("handshakes", 1, isShaken ? 1 : 0);
      WebhookFactory factory = new WebhookFactory(random, clock);
      AppSecret secret = new AppSecret(secrets.appSecret());
      Day day = new Day(new Day.Props(meta, factory, secret), expected, watch, story);
      check.add("slow receivers moved to the low lane", 1, day.play(cast) ? 1 : 0);
      playOthers(day, turn, exotel);
      sendOut(registration, check);
      awaitDeliveries();
      new Evening(expected, cast).count(closedBooks(), check);
      leaveTheLowLane(watch, check);
      recover(day, watch, check);
    }
    check.print(story);
    return check.mismatches();
  }

  private Platform platform(String receiver, Clock clock) {
    URI callback = gateway.ready().publicUrl().resolve("/webhooks/" + receiver);
    return new Platform(callback, RetrySchedule.QUICK, clock, CONCURRENCY);
  }

  private void playOthers(Day day, Platform turn, Platform exotel) throws InterruptedException {
    TurnWebhooks ofTurn = new TurnWebhooks(cast.secrets().turn());
    ExotelWebhooks ofExotel =
        new ExotelWebhooks(Registration.EXOTEL_ACCOUNT, cast.secrets().exotel());
    day.playBy(
        "Turn",
        new SendMany(turn, CONCURRENCY),
        day.texts(Cast.CLINIC).stream().map(ofTurn::of).toList());
    day.playBy(
        "Exotel",
        new SendMany(exotel, CONCURRENCY),
        day.texts(Cast.DEPOT).stream().map(ofExotel::of).toList());
  }

  private void sendOut(Registration registration, Check check) throws InterruptedException {
    String receiver =
        registration.otherWay(outside.bridge().url().toString(), outside.bridgeSecret());
    outside.connect(gateway.ready().publicUrl(), receiver);
    try (ApiClient sender = new ApiClient(gateway.ready().publicUrl(), registration.token())) {
      DemoMessages messages = new DemoMessages(outside, sender, admin, expected, story);
      messages.play(check);
      messages.count(check);
    }
  }

  /// Where the admin API is, for people.
  public URI adminUrl() {
    return gateway.ready().adminUrl();
  }

  /// Where webhooks go, for people.
  public URI publicUrl() {
    return gateway.ready().publicUrl();
  }

  /// The secret with which the platform signs webhooks.
  public String appSecret() {
    return secrets.appSecret();
  }

  /// The token for the admin API.
  public String adminToken() {
    return secrets.adminToken();
  }

  private void awaitDeliveries() throws InterruptedException {
    SampleReceiver archive = archive();
    boolean isAll =
        Polling.await(
            DELIVERED, () -> cast.receivers().stream().allMatch(r -> r == archive || hasAll(r)));
    int taken = cast.receivers().stream().mapToInt(SampleReceiver::taken).sum();
    story.tell(
        isAll ? "all that can be delivered is delivered" : "some deliveries do not come",
        "%,5d deliveries taken".formatted(taken));
  }

  private SampleReceiver archive() {
    return cast.subscribers().archive().receiver();
  }

  private boolean hasAll(SampleReceiver receiver) {
    return receiver.taken() >= expected.owed(receiver);
  }

  private Books closedBooks() throws InterruptedException {
    Books[] books = {Books.read(admin)};
    Polling.await(
        SETTLED,
        () -> {
          if (!books[0].isClosed()) {
            books[0] = Books.read(admin);
          }
          return books[0].isClosed();
        });
    return books[0];
  }

  private void leaveTheLowLane(ReceiverStates watch, Check check) throws InterruptedException {
    Subscriber survey = cast.subscribers().survey();
    boolean hasLeft = watch.leavesLane(survey, "low");
    story.tell("the survey is quick again", "its lane is " + watch.lane(survey));
    check.add("quick receivers back from the low lane", 1, hasLeft ? 1 : 0);
  }

  /// The receiver that was down all day comes back: its dead letters are replayed, and what comes
  /// in now finds it well.
  private void recover(Day day, ReceiverStates watch, Check check) throws InterruptedException {
    SampleReceiver archive = archive();
    archive.feel(SampleReceiver.Mood.WELL);
    String endpoint = watch.id(cast.subscribers().archive());
    admin.post(
        "/api/v1/replays",
        Bytes.utf8("{\"deadOnly\":true,\"filter\":{\"endpointId\":\"" + endpoint + "\"}}"));
    Polling.await(DELIVERED, () -> hasAll(archive));
    story.tell(
        "the archive is back: dead letters replayed", "%,5d taken".formatted(archive.taken()));
    Books books = closedBooks();
    check.add("dead letters taken after replay", expected.owed(archive), archive.taken());
    check.add("dead letters left", 0, books.deliveries("standard", "dead"));
    day.playOneMore("security");
    Polling.await(DELIVERED, () -> cast.receivers().stream().allMatch(this::hasAll));
    boolean isWell = watch.recovers(cast.subscribers().archive());
    story.tell("the archive takes live traffic", isWell ? "and is healthy" : "and is not healthy");
    check.add("failing receivers that recovered", 1, isWell ? 1 : 0);
  }

  @Override
  public void close() {
    admin.close();
    graph.close();
    gateway.close();
    outside.close();
    site.close();
  }
}
