package dev.chasqui.cli.demo;

import static dev.chasqui.model.DialectName.EXOTEL;
import static dev.chasqui.model.DialectName.STANDARD;
import static dev.chasqui.model.DialectName.TURN;

import dev.chasqui.model.DialectName;
import dev.chasqui.sim.SampleReceiver;
import java.util.List;
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
    int dead = expected.owed(cast.subscribers().archive().receiver());
    check.add("meta: delivered", expected.owedAsMeta(), books.deliveries("meta", "delivered"));
    for (DialectName dialect : List.of(STANDARD, TURN, EXOTEL)) {
      int owed = expected.owedAs(dialect) - (dialect == STANDARD ? dead : 0);
      check.add(
          dialect.wire() + ": delivered", owed, books.deliveries(dialect.wire(), "delivered"));
    }
    check.add(
        "turn: delivered left out, since it was read",
        expected.leftOut(),
        books.deliveries("turn", "filtered"));
    check.add("standard: dead letters", dead, books.deliveries("standard", "dead"));
    check.add("retries", expected.retries(), books.retries());
    check.add("deliveries still open", 0, books.isClosed() ? 0 : 1);
  }

  private void receivers(Check check) {
    for (SampleReceiver receiver : cast.receivers()) {
      if (receiver != cast.subscribers().archive().receiver()) {
        check.add("taken by " + receiver.name(), expected.owed(receiver), receiver.taken());
      }
    }
    int badlySigned = cast.receivers().stream().mapToInt(SampleReceiver::badlySigned).sum();
    check.add("deliveries that receivers found badly signed", 0, badlySigned);
    int misshapen = cast.receivers().stream().mapToInt(it -> it.objections().size()).sum();
    check.add("deliveries that receivers could not read", 0, misshapen);
    for (SampleReceiver receiver : cast.receivers()) {
      receiver.objections().forEach(line -> check.remark(receiver.name() + ": " + line));
    }
  }
}
