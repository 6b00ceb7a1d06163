package dev.chasqui.cli.demo;

import dev.chasqui.cli.demo.Subscriber.Wish;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.DialectName;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ExotelShape;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.Overrides;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.SampleReceiver;
import dev.chasqui.sim.TurnShape;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The receivers that subscribe, one with each trouble and one of each dialect beside Meta's.
///
/// @param crm gets everything, as Standard Webhooks
/// @param bot gets what is said to one number; stumbles over each delivery once
/// @param archive gets two account fields; is down all day
/// @param survey gets the statuses `delivered` of one number; is slow at first
/// @param helpdesk gets all that Turn has words for
/// @param campaign gets all that Exotel has words for
/// @param outbox gets, in Turn's words, what the club sends and what comes over its other way
record Subscribers(
    Subscriber crm,
    Subscriber bot,
    Subscriber archive,
    Subscriber survey,
    Subscriber helpdesk,
    Subscriber campaign,
    Subscriber outbox) {

  private static final List<String> ARCHIVED = List.of("security", "flows");
  private static final String DELIVERED = "delivered";

  /// The statuses that Turn's receivers know, as its documentation lists them, and `played`, which
  /// they are told as `read`.
  private static final Set<String> OF_TURN =
      Set.of("sent", DELIVERED, "read", "played", "failed", "deleted");

  private static final Set<String> OF_EXOTEL =
      Set.of("sent", DELIVERED, "read", "played", "failed");

  private static final Wish DESK =
      new Wish(Subscribers::isSaidToTheDesk, Subscribers::askForTheDesk);
  private static final Wish ARCHIVE =
      new Wish(Subscribers::isArchived, Subscribers::askForTheArchived);
  private static final Wish SURVEY =
      new Wish(Subscribers::isSurveyed, Subscribers::askForTheSurveyed);

  private static final Wish HELPDESK =
      new Wish(
          item -> isSpokenOf(item, OF_TURN) || isTroubleOfANumber(item),
          json -> texts(json, "subscriptions", List.of("whatsapp")));

  /// What it gets is no item of the platform's.
  private static final Wish OUTBOX =
      new Wish(_ -> false, json -> texts(json, "subscriptions", List.of("turn")));

  private static final List<String> STUMBLES = List.of("PT0.3S", "PT0.5S", "PT1S", "PT2S");
  private static final List<String> GIVES_UP = List.of("PT0.2S", "PT0.4S");

  /// @param verifyToken what receivers expect in a handshake
  /// @param key 32 random bytes for each secret
  static Subscribers of(String verifyToken, Supplier<byte[]> key) {
    return new Subscribers(
        standard("crm", verifyToken, key.get(), Wish.ALL, List.of()),
        standard("bot", verifyToken, key.get(), DESK, STUMBLES),
        standard("archive", verifyToken, key.get(), ARCHIVE, GIVES_UP),
        standard("survey", verifyToken, key.get(), SURVEY, List.of()),
        turn("helpdesk", verifyToken, HexFormat.of().formatHex(key.get()), HELPDESK),
        exotel(verifyToken, HexFormat.of().formatHex(key.get())),
        turn("outbox", verifyToken, HexFormat.of().formatHex(key.get()), OUTBOX));
  }

  List<Subscriber> all() {
    return List.of(crm, bot, archive, survey, helpdesk, campaign, outbox);
  }

  private static Subscriber standard(
      String name, String verifyToken, byte[] key, Wish wish, List<String> waits) {
    ReceiverSecret.Standard secret = ReceiverSecret.Standard.of(key);
    SampleReceiver receiver = new SampleReceiver(name, secret, verifyToken);
    return new Subscriber(receiver, DialectName.STANDARD, secret.text(), wish, waits);
  }

  private static Subscriber turn(String name, String verifyToken, String secret, Wish wish) {
    ReceiverSecret signs = new ReceiverSecret.Turn(secret);
    SampleReceiver receiver = new SampleReceiver(name, signs, verifyToken, new TurnShape());
    return new Subscriber(receiver, DialectName.TURN, secret, wish, List.of());
  }

  private static Subscriber exotel(String verifyToken, String secret) {
    SampleReceiver receiver =
        new SampleReceiver(
            "campaign", new ReceiverSecret.Exotel(secret), verifyToken, new ExotelShape());
    return new Subscriber(
        receiver,
        DialectName.EXOTEL,
        secret,
        new Wish(item -> isSpokenOf(item, OF_EXOTEL), _ -> {}),
        List.of());
  }

  /// Messages, and statuses of messages: what became of a payment is none.
  private static boolean isSpokenOf(Item item, Set<String> statuses) {
    return switch (item) {
      case Item.Message _ -> true;
      case Item.Status status ->
          statuses.contains(status.word()) && !status.sample().startsWith("payment/");
      case Item.Change change -> isAbout(change, "messages");
    };
  }

  private static boolean isTroubleOfANumber(Item item) {
    return item instanceof Item.Change change && isAbout(change, "errors");
  }

  /// Whether a change of the field `messages` has that list.
  private static boolean isAbout(Item.Change change, String list) {
    return change.field().equals("messages") && change.value().contains("\"" + list + "\":[");
  }

  private static boolean isSaidToTheDesk(Item item) {
    return Overrides.field(item).equals("messages") && item.business().equals(Cast.DESK);
  }

  private static boolean isArchived(Item item) {
    return ARCHIVED.contains(Overrides.field(item));
  }

  /// The filters touch messages and statuses; other changes of the field pass.
  private static boolean isSurveyed(Item item) {
    boolean isWanted =
        switch (item) {
          case Item.Message _ -> false;
          case Item.Status status -> status.word().equals(DELIVERED);
          case Item.Change change ->
              change.field().equals("messages") && !isAbout(change, "messages");
        };
    return isWanted && item.business().equals(Cast.SHOP);
  }

  private static void askForTheDesk(JsonWriter json) {
    scope(json, Cast.DESK);
    filter(json, "fields", List.of("messages"));
  }

  private static void askForTheArchived(JsonWriter json) {
    filter(json, "fields", ARCHIVED);
  }

  private static void askForTheSurveyed(JsonWriter json) {
    scope(json, Cast.SHOP);
    json.name("filters").beginObject();
    texts(json, "fields", List.of("messages"));
    texts(json, "directions", List.of("outbound"));
    texts(json, "statuses", List.of(DELIVERED));
    json.endObject();
  }

  private static void scope(JsonWriter json, Business business) {
    json.name("scope").beginObject();
    json.member("phoneNumberId", business.phoneNumberId()).endObject();
  }

  private static void filter(JsonWriter json, String name, List<String> words) {
    json.name("filters").beginObject();
    texts(json, name, words);
    json.endObject();
  }

  static void texts(JsonWriter json, String name, List<String> texts) {
    json.name(name).beginArray();
    texts.forEach(json::text);
    json.endArray();
  }
}
