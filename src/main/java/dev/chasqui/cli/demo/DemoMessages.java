package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.cli.child.ChildException;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.SmsBridge;
import dev.chasqui.sim.graph.GraphReport;
import dev.chasqui.sim.graph.Reaction;
import java.time.Duration;
import java.util.List;

/// The club sends messages. One of its members WhatsApp does not reach: after five failures her
/// messages go as short messages, until she writes on WhatsApp again.
final class DemoMessages {

  private static final Duration MAX_WAIT = Duration.ofSeconds(30);
  private static final int UNREACHABLE = 131_026;
  private static final int MEMBERS = 20;
  private static final int THRESHOLD = 5;
  private static final int SHORT_MESSAGES = 3;
  private static final String KILLA = "15550031001";
  private static final String NOBODY = "15550031002";

  private final Outside outside;
  private final ApiClient sender;
  private final ApiClient admin;
  private final Expected expected;
  private final Story story;

  /// @param sender calls with the club's token
  DemoMessages(Outside outside, ApiClient sender, ApiClient admin, Expected expected, Story story) {
    this.outside = outside;
    this.sender = sender;
    this.admin = admin;
    this.expected = expected;
    this.story = story;
  }

  void play(Check check) throws InterruptedException {
    outside.graph().conduct().usually(Reaction.take(GraphReport.SENT, GraphReport.DELIVERED));
    outside.bridge().report("sent", "delivered");
    invite();
    boolean hasSwitched = fail();
    sendShortMessages();
    boolean hasStayed = answerByShortMessage();
    boolean isBack = comeBack();
    check.add("contacts that fell back to the bridge", 1, hasSwitched ? 1 : 0);
    check.add("  still there after a short message", 1, hasStayed ? 1 : 0);
    check.add("  back after a WhatsApp message", 1, isBack ? 1 : 0);
    settle();
  }

  /// What the gateway says it sent, and what was taken at the other end.
  void count(Check check) throws InterruptedException {
    Sends sends = Sends.read(admin);
    int taken = MEMBERS + THRESHOLD + 1;
    check.add("messages out: whatsapp, accepted", taken, sends.of("whatsapp", "accepted"));
    check.add("messages out: whatsapp, refused", 1, sends.of("whatsapp", "refused"));
    check.add("messages out: fallback, accepted", SHORT_MESSAGES, sends.of("fallback", "accepted"));
    check.add("messages out: anything else", 0, sends.others());
    long atWhatsApp =
        outside.graph().messages().stream().filter(message -> message.isTaken()).count();
    check.add("messages that WhatsApp took", taken, atWhatsApp);
    check.add("messages that the bridge took", SHORT_MESSAGES, outside.bridge().taken().size());
  }

  private void invite() throws InterruptedException {
    int sent = 0;
    for (int i = 0; i < MEMBERS; i++) {
      sent += send("1555003%04d".formatted(i), "You are invited") ? 1 : 0;
    }
    story.tell("the club sends messages", "%,5d taken by WhatsApp".formatted(sent));
    outside.graph().conduct().next(NOBODY, Reaction.refuse(UNREACHABLE));
    boolean isTaken = send(NOBODY, "You are invited");
    story.tell("one to a number without WhatsApp", isTaken ? "      is taken" : "      is refused");
  }

  private boolean fail() throws InterruptedException {
    outside.graph().conduct().always(KILLA, Reaction.take(GraphReport.failed(UNREACHABLE)));
    for (int i = 0; i < THRESHOLD; i++) {
      send(KILLA, "You are invited");
    }
    boolean hasSwitched = Polling.await(MAX_WAIT, this::isOnTheOtherWay);
    story.tell(
        "a member whom WhatsApp does not reach",
        "%,5d failed, she is %s".formatted(THRESHOLD, hasSwitched ? "switched over" : "left"));
    return hasSwitched;
  }

  private void sendShortMessages() throws InterruptedException {
    int before = outside.bridge().taken().size();
    for (int i = 0; i < SHORT_MESSAGES; i++) {
      send(KILLA, "Reminder");
    }
    int taken = outside.bridge().taken().size() - before;
    story.tell("her next messages", "%,5d taken by the SMS bridge".formatted(taken));
  }

  private boolean answerByShortMessage() throws InterruptedException {
    boolean isTold = outside.bridge().receive(KILLA, "I will come").isTaken();
    boolean hasStayed = isOnTheOtherWay();
    story.tell("she answers by short message", isTold ? "      the webhooks are told" : "");
    expected.bridged(new Item.Message("text", Cast.CLUB, "sms", "", "sms"));
    return hasStayed;
  }

  private boolean comeBack() throws InterruptedException {
    outside.graph().conduct().always(KILLA, Reaction.take(GraphReport.SENT, GraphReport.DELIVERED));
    outside.graph().says(KILLA, Cast.CLUB, "I am on WhatsApp again");
    boolean isBack = Polling.await(MAX_WAIT, () -> !isOnTheOtherWay());
    send(KILLA, "Welcome back");
    story.tell(
        "she writes on WhatsApp",
        isBack ? "      and is reached there again" : "      and stays where she was");
    return isBack;
  }

  /// @return whether it was taken
  private boolean send(String to, String text) throws InterruptedException {
    JsonWriter json = new JsonWriter(128).beginObject().member("to", to).member("type", "text");
    json.name("text").beginObject().member("body", text).endObject().endObject();
    try {
      sender.post("/v1/messages", json.bytes());
      expected.submitted(true);
      return true;
    } catch (ChildException _) {
      expected.submitted(false);
      return false;
    }
  }

  private boolean isOnTheOtherWay() throws InterruptedException {
    return Json.read(admin.get("/api/v1/contacts/" + KILLA))
        .path("isFallbackChannelActive")
        .asBoolean(false);
  }

  private void settle() throws InterruptedException {
    var _ = outside.graph().settle(MAX_WAIT);
    var _ = outside.bridge().settle(MAX_WAIT);
    outside.graph().webhooks().forEach(expected::sent);
    for (SmsBridge.Taken taken : outside.bridge().taken()) {
      for (String word : List.of("sent", "delivered")) {
        expected.bridged(new Item.Status(word, Cast.CLUB, taken.id(), word, "", taken.id() + word));
      }
    }
  }
}
