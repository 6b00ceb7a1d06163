package dev.chasqui.sim;

import dev.chasqui.sim.Sample.OfField;
import dev.chasqui.sim.Sample.OfMessage;
import dev.chasqui.sim.Sample.OfStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Makes items of every kind. With the same seed and the same clock it makes the same ones; within
/// a run no two are alike. For one thread.
public final class WebhookFactory {

  private static final long LATER_SECONDS = 86_400;
  private static final String[] TEXTS = {
    "Good morning",
    "Gr\u00fc\u00dfe aus K\u00f6ln",
    "\\u00bfC\\u00f3mo est\\u00e1s?",
    "\ud83d\ude80 on its way",
    "a \\\"quoted\\\" word and a \\/ slash",
    "line one\\nline two"
  };

  private final RandomGenerator random;
  private final Clock clock;
  private long made;
  private long lastTime;

  public WebhookFactory(RandomGenerator random, Clock clock) {
    this.random = random;
    this.clock = clock;
  }

  /// An item of that kind, about a user with a phone number that shows.
  public Item item(Sample sample, Business business) {
    return item(sample, business, false);
  }

  /// An item of that kind.
  ///
  /// @param isPhoneHidden whether the user is known by BSUID alone: `from`, `wa_id` and
  ///   `recipient_id` are left out of messages and statuses; other fields keep theirs
  public Item item(Sample sample, Business business, boolean isPhoneHidden) {
    User user = User.random(random, isPhoneHidden);
    return switch (sample) {
      case OfMessage message -> message(message, business, user);
      case OfStatus status -> status(status, business, user, wamid(user.waId()));
      case OfField field -> change(field, business, user);
    };
  }

  /// A message from the user with that number, who has the same name and BSUID every time.
  ///
  /// @param waId digits
  public Item.Message messageFrom(String waId, OfMessage sample, Business business) {
    return message(sample, business, User.of(waId));
  }

  /// The business-scoped user id of the user with that number, always the same.
  ///
  /// @param waId digits
  public static String userId(String waId) {
    return User.userId(waId);
  }

  /// What became of a message that is known already.
  public Item.Status statusOf(OfStatus sample, Business business, String wamid) {
    return status(sample, business, User.random(random, false), wamid);
  }

  /// A new message id, in the platform's form.
  public String wamid(String waId) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    String text = waId + "\u0015\u0002\u0000" + HexFormat.of().formatHex(id) + made++;
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return "wamid.HBgL" + Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private Item.Message message(OfMessage sample, Business business, User user) {
    String wamid = wamid(user.waId());
    boolean hasContact = !sample.type().equals("system");
    String head =
        optional("from", user)
            + "\"from_user_id\":\"$bsuid\",\"id\":\"$wamid\",\"timestamp\":\"$time\",\"type\":\"";
    String members = sample.members().isEmpty() ? "" : "," + sample.members();
    Map<String, String> words = words(business, user, wamid);
    String json = Template.fill("{" + head + sample.type() + "\"" + members + "}", words);
    String contact = hasContact ? contact(user, true, words) : "";
    return new Item.Message(sample.name(), business, wamid, contact, json);
  }

  private Item.Status status(OfStatus sample, Business business, User user, String wamid) {
    Map<String, String> words = words(business, user, wamid);
    String members = sample.members().isEmpty() ? "" : "," + sample.members();
    String head =
        "{\"id\":\"$wamid\",\"status\":\"%s\",\"timestamp\":\"$time\",".formatted(sample.status());
    String json =
        Template.fill(
            head
                + optional("recipient_id", user)
                + "\"recipient_user_id\":\"$bsuid\""
                + members
                + "}",
            words);
    boolean hasContact = !sample.status().equals("failed");
    boolean hasUsername = !sample.status().equals("sent");
    String contact = hasContact ? contact(user, hasUsername, words) : "";
    return new Item.Status(sample.name(), business, wamid, sample.status(), contact, json);
  }

  private Item.Change change(OfField sample, Business business, User user) {
    lastTime = Math.max(lastTime + 1, clock.instant().getEpochSecond());
    String value = Template.fill(sample.value(), words(business, user, wamid(user.waId())));
    return new Item.Change(
        sample.name(), business, sample.field(), sample.level(), lastTime, value);
  }

  private static String contact(User user, boolean hasUsername, Map<String, String> words) {
    String username = hasUsername ? ",\"username\":\"$username\"" : "";
    String profile = "{\"profile\":{\"name\":\"$name\"" + username + "},";
    return Template.fill(profile + optional("wa_id", user) + "\"user_id\":\"$bsuid\"}", words);
  }

  private static String optional(String member, User user) {
    return user.isPhoneHidden() ? "" : "\"" + member + "\":\"$wa\",";
  }

  private Map<String, String> words(Business business, User user, String wamid) {
    long now = clock.instant().getEpochSecond();
    Map<String, String> words = new HashMap<>();
    words.put("waba", business.wabaId());
    words.put("portfolio", business.portfolioId());
    words.put("phone", business.phoneNumberId());
    words.put("display", business.displayPhoneNumber());
    words.put("wa", user.waId());
    words.put("bsuid", user.userId());
    words.put("name", user.name());
    words.put("username", user.username());
    words.put("wamid", wamid);
    words.put("older", wamid(user.waId()));
    words.put("time", Long.toString(now));
    words.put("later", Long.toString(now + LATER_SECONDS));
    putNoise(words);
    return words;
  }

  private void putNoise(Map<String, String> words) {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    words.put("text", TEXTS[random.nextInt(TEXTS.length)]);
    words.put("hex", HexFormat.of().formatHex(hash, 0, 16));
    words.put("sha", Base64.getEncoder().encodeToString(hash));
    words.put("media", Long.toString(random.nextLong(1_000_000_000_000L, 9_000_000_000_000L)));
    words.put("number", Long.toString(random.nextLong(3_000_000_000L, 900_000_000_000_000L)));
    words.put("group", "Y2F" + HexFormat.of().formatHex(hash, 16, 24));
    words.put("letters", Long.toString(random.nextLong(1L << 40), 26 + 10));
  }
}
