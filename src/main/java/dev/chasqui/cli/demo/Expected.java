package dev.chasqui.cli.demo;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.Overrides;
import dev.chasqui.sim.SampleReceiver;
import dev.chasqui.sim.SignedWebhook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What ought to come of the traffic, worked out from what was sent and from the platform's rules,
/// without asking the gateway.
final class Expected {

  private final Cast cast;
  private final Map<String, Integer> topics = new TreeMap<>();
  private final Map<SampleReceiver, Integer> owed = new HashMap<>();

  /// Which of the genuine requests had an item first.
  private final Map<Item, Integer> known = new HashMap<>();

  private final Set<String> read = new HashSet<>();
  private int genuine;
  private int leftOut;
  private int forged;
  private int repeats;

  Expected(Cast cast) {
    this.cast = cast;
    cast.receivers().forEach(receiver -> owed.put(receiver, 0));
  }

  /// Takes note of a request that was sent.
  void sent(SignedWebhook webhook) {
    switch (webhook.kind()) {
      case GENUINE -> {
        topics.merge(webhook.topic(), 1, Integer::sum);
        owe(webhook);
      }
      case DUPLICATE -> repeats++;
      case FORGED -> forged++;
    }
  }

  /// Takes note of a body that is no envelope.
  void sentNonsense(String topic) {
    topics.merge(topic, 1, Integer::sum);
  }

  /// Takes note of a message that was sent.
  ///
  /// @param isTaken by WhatsApp or by the bridge; what was refused is written down and not told
  void submitted(boolean isTaken) {
    topics.merge("message_submitted", 1, Integer::sum);
    if (isTaken) {
      add(cast.subscribers().outbox().receiver());
    }
  }

  /// Takes note of something that the bridge told. What contacts write to it is told under a
  /// subscription of its own.
  void bridged(Item item) {
    SignedWebhook told =
        new SignedWebhook(Bytes.EMPTY, Map.of(), SignedWebhook.Kind.GENUINE, List.of(item));
    topics.merge(Books.BRIDGED + told.topic(), 1, Integer::sum);
    owe(told);
    if (item instanceof Item.Message) {
      add(cast.subscribers().outbox().receiver());
    }
  }

  private void owe(SignedWebhook webhook) {
    Set<Item> fresh = freshOf(webhook);
    fresh.stream().map(Cast.OVERRIDES::of).distinct().forEach(to -> add(callback(to)));
    fresh.stream().filter(item -> isStatus(item, "read")).forEach(item -> read.add(wamid(item)));
    for (Item item : fresh) {
      for (Subscriber subscriber : cast.subscribers().all()) {
        if (!subscriber.wish().wanted().test(item)) {
          continue;
        }
        if (isLeftOut(subscriber, item)) {
          leftOut++;
        } else {
          add(subscriber.receiver());
        }
      }
    }
  }

  /// The items that no earlier request had; a request counts as a repeat of each that had some.
  private Set<Item> freshOf(SignedWebhook webhook) {
    int request = ++genuine;
    Set<Item> fresh = new HashSet<>();
    Set<Integer> repeated = new HashSet<>();
    for (Item item : webhook.items()) {
      Integer first = known.putIfAbsent(item, request);
      if (first == null) {
        fresh.add(item);
      } else {
        repeated.add(first);
      }
    }
    repeated.remove(request);
    repeats += repeated.size();
    return fresh;
  }

  /// Turn does not tell that a message was delivered once it is known to have been read.
  private boolean isLeftOut(Subscriber subscriber, Item item) {
    return subscriber.dialect() == DialectName.TURN
        && isStatus(item, "delivered")
        && read.contains(wamid(item));
  }

  private static boolean isStatus(Item item, String word) {
    return item instanceof Item.Status status && status.word().equals(word);
  }

  private static String wamid(Item item) {
    return item instanceof Item.Status status ? status.wamid() : "";
  }

  private SampleReceiver callback(Overrides.Callback callback) {
    return switch (callback) {
      case APPLICATION -> cast.callbacks().application();
      case WABA -> cast.callbacks().waba();
      case PHONE_NUMBER -> cast.callbacks().phoneNumber();
    };
  }

  private void add(SampleReceiver receiver) {
    owed.merge(receiver, 1, Integer::sum);
  }

  /// Well-signed events, by topic.
  Map<String, Integer> topics() {
    return topics;
  }

  /// Events with a bad signature.
  int forged() {
    return forged;
  }

  /// Requests that had been received before, whole or item by item.
  int repeats() {
    return repeats;
  }

  /// Deliveries owed to a receiver.
  int owed(SampleReceiver receiver) {
    return owed.getOrDefault(receiver, 0);
  }

  /// Deliveries of Meta's format.
  int owedAsMeta() {
    return cast.callbacks().all().stream().mapToInt(this::owed).sum();
  }

  /// Deliveries of another format, those included that die.
  int owedAs(DialectName dialect) {
    return cast.subscribers().all().stream()
        .filter(subscriber -> subscriber.dialect() == dialect)
        .mapToInt(subscriber -> owed(subscriber.receiver()))
        .sum();
  }

  /// Statuses that Turn's receiver is not told.
  int leftOut() {
    return leftOut;
  }

  /// Attempts beyond the first: one for each delivery to the bot, all there are for the archive.
  int retries() {
    Subscriber archive = cast.subscribers().archive();
    return owed(cast.subscribers().bot().receiver())
        + owed(archive.receiver()) * archive.waits().size();
  }
}
