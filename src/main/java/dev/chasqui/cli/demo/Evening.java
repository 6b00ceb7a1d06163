package dev.chasqui.cli.demo;

import dev.chasqui.sim.SampleReceiver;
import java.util.Set;
import java.util.TreeSet;

/// Holds what the gateway says and what the receivers have against what ought to be.
final class Evening {

  private final Expected expected;
  private final Cast cast;

  Evening(Expected expected, Cast cast) {
    this.expected = expected;
    this.cast = cast;
  }

  void count(Books books, Check check) {
    Set<String> topics = new TreeSet<>(expected.topics().keySet());
    topics.addAll(books.topics().keySet());
    for (String topic : topics) {
      check.add(
          "events: " + topic,
          expected.topics().getOrDefault(topic, 0),
          books.topics().getOrDefault(topic, 0));
    }
    check.add("events with a bad signature", expected.forged(), books.forged());
    check.add("requests repeated", expected.repeats(), books.sightings());
    deliveries(books, check);
    receivers(check);
  }

  private void deliveries(Books books, Check check) {
    int dead = expected.owed(cast.archive());
    check.add("meta: delivered", expected.owedAsMeta(), books.deliveries("meta", "delivered"));
    check.add(
        "standard: delivered",
        expected.owedAsStandard() - dead,
        books.deliveries("standard", "delivered"));
    check.add("standard: dead letters", dead, books.deliveries("standard", "dead"));
    check.add("retries", expected.retries(), books.retries());
    check.add("deliveries still open", 0, books.isClosed() ? 0 : 1);
  }

  private void receivers(Check check) {
    for (SampleReceiver receiver : cast.receivers()) {
      if (receiver != cast.archive()) {
        check.add("taken by " + receiver.name(), expected.owed(receiver), receiver.taken());
      }
    }
    int badlySigned = cast.receivers().stream().mapToInt(SampleReceiver::badlySigned).sum();
    check.add("deliveries that receivers found badly signed", 0, badlySigned);
  }
}
