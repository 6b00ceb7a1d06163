package dev.chasqui.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.IdSource;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.testkit.MovedClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Contacts that went over to the fallback channel, each told once, unless it is back already.
class TellSwitchesTest {

  private static final Instant NOW = MovedClock.START;

  private final MovedClock clock = new MovedClock();
  private final MemoryAlerts store = new MemoryAlerts();
  private final Waiting switches = new Waiting();
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void aContactThatIsBackIsNotTold() {
    switches.add(1, "51900000001");
    switches.add(2, "51900000002");
    TellSwitches tell =
        new TellSwitches(
            switches,
            it -> it.contact().equals("51900000001"),
            store,
            new Notices(store, new IdSource(clock, new Random(3)), 10),
            told::incrementAndGet);

    tell.tell(NOW);
    tell.tell(NOW);

    assertThat(store.alerts.values()).singleElement().matches(it -> it.subject().equals("***0002"));
    assertThat(told).hasValue(1);
    assertThat(switches.waiting(FallbackSwitches.Step.ALERT, 10)).isEmpty();
  }

  private static final class Waiting implements FallbackSwitches {

    private final List<Switched> waiting = new ArrayList<>();

    void add(int number, String contact) {
      waiting.add(
          new Switched(
              Ulid.of(NOW, number, number), WorkspaceId.DEFAULT, contact, "106540352242922", null));
    }

    @Override
    public List<Switched> waiting(Step step, int limit) {
      return List.copyOf(waiting);
    }

    @Override
    public boolean take(Ulid id, Step step) {
      return waiting.removeIf(it -> it.id().equals(id));
    }
  }
}
