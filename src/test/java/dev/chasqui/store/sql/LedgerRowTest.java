package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
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
import org.junit.jupiter.api.Test;

class LedgerRowTest {

  private static final String WAMID = "wamid.a";

  /// A generation holds the sum of whatever came while it was the newest.
  @Property
  void whatGenerationsHoldAddsUpToTheSameHoweverItIsSpreadOverThem(
      @ForAll("parts") List<LedgerRow> parts, @ForAll Random random) {
    List<LedgerRow> repeated = new ArrayList<>(parts);
    repeated.addAll(parts.subList(0, parts.size() / 2));
    Collections.shuffle(repeated, random);
    List<LedgerRow> generations = new ArrayList<>();
    for (int from = 0; from < repeated.size(); ) {
      int to = Math.min(repeated.size(), from + 1 + random.nextInt(repeated.size()));
      generations.add(sum(repeated.subList(from, to)));
      from = to;
    }
    Collections.shuffle(generations, random);
    assertThat(sum(generations)).isEqualTo(sum(parts));
  }

  @Test
  void whatTheAnswerSaidOfAMessageStandsAmongItsStatuses() {
    Sending.Outcome outcome =
        new Sending.Outcome.Accepted(WAMID, Participant.NONE, "held", Bytes.EMPTY);
    LedgerRow row = LedgerRow.of(Said.submitted(1, Said.sending(1, null, outcome)));
    assertThat(row.statusViews())
        .singleElement()
        .satisfies(it -> assertThat(it.status()).isEqualTo("held"));
    assertThat(row.state().word()).isEqualTo("accepted");
  }

  private static LedgerRow sum(List<LedgerRow> rows) {
    return rows.stream().reduce(LedgerRow::plus).orElseThrow();
  }

  @Provide
  Arbitrary<List<LedgerRow>> parts() {
    Arbitrary<Integer> events = Arbitraries.integers().between(0, 90);
    Arbitrary<String> words = Arbitraries.of("sent", "delivered", "read", "failed", "pending");
    Arbitrary<LedgerRow> statuses =
        Combinators.combine(events, words)
            .as((event, word) -> Said.status(event, WAMID, word, Said.user("4915111")))
            .map(LedgerRow::of);
    Arbitrary<LedgerRow> retold =
        Combinators.combine(events, words)
            .as((event, word) -> Said.status(event % 9, WAMID, word, Said.user("4915111")))
            .map(status -> LedgerRow.of(Said.repeated(status, 95)));
    Arbitrary<LedgerRow> messages =
        events.map(event -> LedgerRow.of(Said.message(event, WAMID, Said.user("4915111"))));
    return Arbitraries.oneOf(List.of(statuses, statuses, statuses, retold, messages))
        .list()
        .ofMinSize(1)
        .ofMaxSize(120);
  }
}
