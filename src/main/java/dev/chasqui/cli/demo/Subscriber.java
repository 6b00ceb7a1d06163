package dev.chasqui.cli.demo;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.DialectName;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.SampleReceiver;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A receiver that asks the gateway for what it wants.
///
/// @param secret what its deliveries are signed with, as it is written
/// @param waits between its attempts, ISO 8601; empty for its dialect's own
record Subscriber(
    SampleReceiver receiver, DialectName dialect, String secret, Wish wish, List<String> waits) {

  Subscriber {
    waits = List.copyOf(waits);
  }

  /// What a receiver wants.
  ///
  /// @param wanted whether an item is for it, by the rules as the documentation tells them
  /// @param told the members of its registration that say so
  record Wish(Predicate<Item> wanted, Consumer<JsonWriter> told) {

    static final Wish ALL = new Wish(_ -> true, _ -> {});
  }

  String name() {
    return receiver.name();
  }

  @Override
  public String toString() {
    return name();
  }
}
