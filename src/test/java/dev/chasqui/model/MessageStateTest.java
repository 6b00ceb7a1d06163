package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageStateTest {

  private static final Instant START = Instant.ofEpochSecond(1_780_000_000);
  private static final ItemPath PATH = new ItemPath(0, 0, 0);
  private static final Notification.Origin ORIGIN =
      new Notification.Origin("messages", "w", "p", null);

  @Test
  void statesMoveForwardOnly() {
    assertThat(wordOf(status("read", 5), status("delivered", 9), status("sent", 1)))
        .isEqualTo("read");
    assertThat(wordOf(status("played", 1), status("read", 2))).isEqualTo("played");
    assertThat(wordOf(status("sent", 1))).isEqualTo("sent");
  }

  @Test
  void failedHoldsUnlessSomethingNotEarlierProvesItWrong() {
    assertThat(wordOf(status("sent", 1), status("failed", 2))).isEqualTo("failed");
    assertThat(wordOf(status("failed", 2), status("sent", 3))).isEqualTo("failed");
    assertThat(wordOf(status("failed", 2), status("delivered", 2))).isEqualTo("delivered");
    assertThat(wordOf(status("failed", 2), status("read", 3))).isEqualTo("read");
    assertThat(wordOf(status("delivered", 1), status("failed", 2))).isEqualTo("failed");
  }

  @Test
  void whatTheUserWroteIsReceived() {
    Notification.Message message =
        new Notification.Message(PATH, ORIGIN, "wamid.1", "text", Participant.NONE, START);
    assertThat(MessageState.of(message, START).word()).isEqualTo("received");
  }

  @Test
  void anUnknownStatusSaysNothingOfTheWay() {
    assertThat(wordOf(status("delivered", 1), status("warming", 2))).isEqualTo("delivered");
    assertThat(wordOf(status("warming", 2))).isEqualTo("accepted");
  }

  @Test
  void theTimeOfReceiptStandsInForAMissingTime() {
    MessageState failed = MessageState.of(status("failed", null), START.plusSeconds(5));
    MessageState read = MessageState.of(status("read", 6L), START);
    assertThat(failed.plus(read).word()).isEqualTo("read");
  }

  @Property
  void neitherOrderNorRepetitionMatters(
      @ForAll("statuses") List<Notification.Status> statuses, @ForAll long seed) {
    List<Notification.Status> again = new ArrayList<>(statuses);
    again.addAll(statuses.subList(0, statuses.size() / 2));
    Collections.shuffle(again, new Random(seed));
    assertThat(sum(again)).isEqualTo(sum(statuses));
  }

  @Property
  void groupingDoesNotMatter(@ForAll("statuses") List<Notification.Status> statuses) {
    int middle = statuses.size() / 2;
    MessageState halves =
        sum(statuses.subList(0, middle)).plus(sum(statuses.subList(middle, statuses.size())));
    assertThat(halves).isEqualTo(sum(statuses));
  }

  @Property
  void moreKnowledgeNeverMovesAStepBack(
      @ForAll("statuses") List<Notification.Status> statuses,
      @ForAll("status") Notification.Status more) {
    MessageState before = sum(statuses);
    MessageState after = before.plus(MessageState.of(more, START));
    assertThat(after.reached()).isGreaterThanOrEqualTo(before.reached());
  }

  @Provide
  Arbitrary<Notification.Status> status() {
    return Combinators.combine(
            Arbitraries.of("sent", "delivered", "read", "played", "failed", "warming"),
            Arbitraries.longs().between(0, 20).injectNull(0.1))
        .as(MessageStateTest::status);
  }

  @Provide
  Arbitrary<List<Notification.Status>> statuses() {
    return status().list().ofMaxSize(10);
  }

  private static MessageState sum(List<Notification.Status> statuses) {
    return statuses.stream()
        .map(s -> MessageState.of(s, START))
        .reduce(MessageState.NONE, MessageState::plus);
  }

  private static String wordOf(Notification.Status... statuses) {
    return sum(List.of(statuses)).word();
  }

  private static Notification.Status status(String word, long second) {
    return status(word, Long.valueOf(second));
  }

  private static Notification.Status status(String word, @Nullable Long second) {
    Instant at = second == null ? null : START.plusSeconds(second);
    return new Notification.Status(
        PATH,
        ORIGIN,
        "wamid.1",
        word,
        Participant.NONE,
        null,
        new Notification.Report(at, List.of()));
  }
}
