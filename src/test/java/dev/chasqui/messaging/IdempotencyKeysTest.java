package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.messaging.IdempotencyKeys.Claim;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Idempotency;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

  private static final Outcome ACCEPTED =
      new Outcome.Accepted("wamid.1", Participant.NONE, Bytes.EMPTY);

  private final AtomicLong known = new AtomicLong();
  private final IdempotencyKeys keys = new IdempotencyKeys(2, known::get);

  private static Idempotency of(String key) {
    return new Idempotency(key, "body");
  }

  private IdempotencyKeys.Entry taken(String key) {
    Claim claim = keys.claim(of(key));
    if (claim instanceof Claim.Taken(var entry)) {
      return entry;
    }
    throw new AssertionError(key + ": " + claim);
  }

  private void settle(String key, Outcome outcome, long position) {
    keys.settle(taken(key), sending(key, outcome), position);
  }

  private static Sending sending(String key, Outcome outcome) {
    return new Sending(
        new EventId(new Ulid(1, 2)),
        Via.WHATSAPP,
        new Sending.Author("api", null),
        new Sending.Content("text", Participant.NONE),
        of(key),
        outcome);
  }

  @Test
  void aKeyIsTakenByOneRequestAtATime() {
    var entry = taken("a");
    assertThat(keys.claim(of("a"))).isEqualTo(new Claim.Clash(SendAnswer.Clash.IN_FLIGHT));
    keys.release(entry);
    taken("a");
  }

  @Test
  void anAnswerIsGivenAgainToTheSameRequestOnly() {
    settle("a", ACCEPTED, 1);
    assertThat(keys.claim(of("a"))).isEqualTo(new Claim.Answered(sending("a", ACCEPTED)));
    assertThat(keys.claim(new Idempotency("a", "another body")))
        .isEqualTo(new Claim.Clash(SendAnswer.Clash.OTHER_REQUEST));
  }

  @Test
  void whatMayPassLaterFreesItsKey() {
    settle("a", new Outcome.Refused(429, 130429, "slow down", false, Bytes.EMPTY), 1);
    taken("a");
    settle("b", new Outcome.Refused(400, 131051, "no such type", false, Bytes.EMPTY), 1);
    assertThat(keys.claim(of("b"))).isInstanceOf(Claim.Answered.class);
  }

  @Test
  void aKeyLeavesOnlyAfterTheStoreHasIt() {
    settle("a", ACCEPTED, 10);
    settle("b", ACCEPTED, 20);
    known.set(10);
    assertThat(keys.claim(of("c"))).isEqualTo(new Claim.Full());
    known.set(11);
    taken("c");
    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.claim(of("d"))).isEqualTo(new Claim.Full());
    known.set(21);
    taken("d");
    assertThat(keys.size()).isEqualTo(2);
  }

  @Test
  void whatIsUnderWayNeverLeaves() {
    taken("a");
    taken("b");
    known.set(Long.MAX_VALUE);
    assertThat(keys.claim(of("c"))).isEqualTo(new Claim.Full());
  }
}
