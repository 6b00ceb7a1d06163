package dev.chasqui.cli.demo;

import dev.chasqui.model.Bytes;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.Layout;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.Sample;
import dev.chasqui.sim.SampleReceiver;
import dev.chasqui.sim.Samples;
import dev.chasqui.sim.SendMany;
import dev.chasqui.sim.SignedWebhook;
import dev.chasqui.sim.TrafficPlan;
import dev.chasqui.sim.WebhookFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The traffic of the demonstration, scene by scene.
final class Day {

  private static final int CONCURRENCY = 8;
  private static final int REPEATS = 10;
  private static final int FORGED = 3;
  private static final int MESSAGES = 20;

  private final Story story;
  private final SendMany sending;
  private final Expected expected;
  private final ReceiverStates watch;
  private final WebhookFactory factory;
  private final AppSecret secret;
  private final List<SignedWebhook> sent = new ArrayList<>();

  /// What the scenes are played with.
  record Props(Platform platform, WebhookFactory factory, AppSecret secret) {}

  Day(Props props, Expected expected, ReceiverStates watch, Story story) {
    this.sending = new SendMany(props.platform(), CONCURRENCY);
    this.watch = watch;
    this.factory = props.factory();
    this.secret = props.secret();
    this.expected = expected;
    this.story = story;
  }

  /// @return whether the slow receiver changed lanes
  boolean play(Cast cast) throws InterruptedException {
    Subscribers subscribers = cast.subscribers();
    subscribers.bot().receiver().feel(SampleReceiver.Mood.STUMBLING);
    subscribers.archive().receiver().feel(SampleReceiver.Mood.DOWN);
    subscribers.survey().receiver().feel(SampleReceiver.Mood.SLOW);
    scene("every message type", each(Sample.OfMessage.class::isInstance));
    scene("every status", each(Sample.OfStatus.class::isInstance));
    scene("every other field", each(Sample.OfField.class::isInstance));
    scene("a number with a callback of its own", messages(Cast.DESK, false));
    scene("an account with a callback of its own", messages(Cast.BRANCH, false));
    scene("users whose phone number is hidden", messages(Cast.SHOP, true));
    scene("one request about all three", List.of(secret.genuine(mixed(), Layout.CHANGES)));
    boolean slowed = slowDown(subscribers.survey());
    scene("a batch of 1,000 statuses", List.of(secret.genuine(batch(), Layout.ARRAYS)));
    scene("read as soon as delivered", List.of(secret.genuine(readAtOnce(), Layout.ARRAYS)));
    scene(
        "the platform repeats itself",
        sent.subList(0, REPEATS).stream().map(SignedWebhook::again).toList());
    scene("old news in a new envelope", List.of(secret.genuine(oldNews(), Layout.CHANGES)));
    scene("somebody without the secret", forged());
    nonsense();
    return slowed;
  }

  /// Webhooks that another platform than Meta's sends.
  void playBy(String platform, SendMany way, List<SignedWebhook> requests)
      throws InterruptedException {
    scene("messages by way of " + platform, way, requests);
  }

  /// One more change that the archive wants.
  void playOneMore(String field) throws InterruptedException {
    Sample sample = Samples.named(field).getFirst();
    scene("one more of " + field, List.of(genuine(factory.item(sample, Cast.SHOP))));
  }

  /// Text messages to a business.
  List<Item.Message> texts(Business business) {
    Sample text = Samples.find("text").orElseThrow();
    return IntStream.range(0, MESSAGES)
        .mapToObj(_ -> (Item.Message) factory.item(text, business))
        .toList();
  }

  private boolean slowDown(Subscriber survey) throws InterruptedException {
    boolean slowed = watch.entersLane(survey, "low");
    String lane = watch.lane(survey);
    story.tell("the survey answers slowly", "its lane is " + lane + " now; then it wakes up");
    survey.receiver().feel(SampleReceiver.Mood.WELL);
    return slowed;
  }

  private SignedWebhook genuine(Item item) {
    return secret.genuine(List.of(item), Layout.CHANGES);
  }

  private void scene(String name, List<SignedWebhook> requests) throws InterruptedException {
    scene(name, sending, requests);
  }

  private void scene(String name, SendMany way, List<SignedWebhook> requests)
      throws InterruptedException {
    List<SignedWebhook> copy = List.copyOf(requests);
    SendMany.Tally tally = way.send(copy, SendMany.Bursts.NONE);
    copy.forEach(expected::sent);
    sent.addAll(copy);
    int items = copy.stream().mapToInt(request -> request.items().size()).sum();
    story.tell(
        name,
        "%,5d %s in %d %s, %d answered 200"
            .formatted(
                items,
                items == 1 ? "item" : "items",
                copy.size(),
                copy.size() == 1 ? "request" : "requests",
                tally.taken()));
  }

  private List<SignedWebhook> each(Predicate<Sample> kind) {
    return Samples.all().stream()
        .filter(kind)
        .map(sample -> genuine(factory.item(sample, Cast.SHOP)))
        .toList();
  }

  private List<SignedWebhook> messages(Business business, boolean isPhoneHidden) {
    Sample text = Samples.find("text").orElseThrow();
    return IntStream.range(0, MESSAGES)
        .mapToObj(_ -> factory.item(text, business, isPhoneHidden))
        .map(this::genuine)
        .toList();
  }

  private List<Item> mixed() {
    Sample image = Samples.find("image").orElseThrow();
    return List.of(
        factory.item(image, Cast.SHOP),
        factory.item(image, Cast.DESK),
        factory.item(image, Cast.BRANCH));
  }

  private List<Item> batch() {
    Sample delivered = Samples.find("delivered").orElseThrow();
    return IntStream.range(0, TrafficPlan.MAX_BATCH)
        .mapToObj(_ -> factory.item(delivered, Cast.SHOP))
        .toList();
  }

  /// Messages that are delivered and read in one breath.
  private List<Item> readAtOnce() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      String wamid = factory.wamid(Cast.BRANCH.displayPhoneNumber());
      for (String word : List.of("delivered", "read")) {
        Sample.OfStatus sample = (Sample.OfStatus) Samples.find(word).orElseThrow();
        items.add(factory.statusOf(sample, Cast.BRANCH, wamid));
      }
    }
    return items;
  }

  /// Items that were received before, in another request than then.
  private List<? extends Item> oldNews() {
    return IntStream.range(0, REPEATS).mapToObj(i -> sent.get(i).items().getFirst()).toList();
  }

  private List<SignedWebhook> forged() {
    AppSecret wrong = new AppSecret("not-the-app-secret");
    Sample text = Samples.find("text").orElseThrow();
    return IntStream.range(0, FORGED)
        .mapToObj(_ -> wrong.forged(List.of(factory.item(text, Cast.SHOP)), Layout.CHANGES))
        .toList();
  }

  private void nonsense() throws InterruptedException {
    List<SignedWebhook> requests =
        List.of(signed("{\"object\":\"whatsapp_business_acc"), signed("{\"object\":\"page\"}"));
    SendMany.Tally tally = sending.send(requests, SendMany.Bursts.NONE);
    expected.sentNonsense("invalid_json");
    expected.sentNonsense("invalid_payload");
    story.tell(
        "nonsense, well signed", "      2 requests, %d answered 200".formatted(tally.taken()));
  }

  private SignedWebhook signed(String text) {
    Bytes body = Bytes.utf8(text);
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "X-Hub-Signature-256", secret.sign(body));
    return new SignedWebhook(body, headers, SignedWebhook.Kind.GENUINE, List.of());
  }
}
