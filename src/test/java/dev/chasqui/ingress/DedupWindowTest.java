package dev.chasqui.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.journal.Journal.Reason;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The window of bodies that were accepted lately.
class DedupWindowTest {

  private final DedupWindow window = new DedupWindow(4);

  @Test
  void aRepeatIsToldTheFirstPostsEvent() {
    FirstPost first = post(1);
    assertThat(window.enter(key(1), first)).isNull();
    assertThat(window.enter(key(1), post(2))).isSameAs(first);
    window.settle(key(1), first, null);
    FirstPost known = Objects.requireNonNull(window.enter(key(1), post(3)));
    assertThat(known.eventId()).isEqualTo(first.eventId());
  }

  @Test
  void aRepeatWaitsUntilTheFirstIsSettled() {
    FirstPost first = post(1);
    window.enter(key(1), first);
    List<Boolean> told = new ArrayList<>();
    FirstPost earlier = Objects.requireNonNull(window.enter(key(1), post(2)));
    earlier.whenSettled(refusal -> told.add(refusal == null));
    assertThat(told).isEmpty();
    window.settle(key(1), first, null);
    assertThat(told).containsExactly(true);
  }

  @Test
  void whatCouldNotBeStoredLeavesNoTrace() {
    FirstPost refused = post(1);
    window.enter(key(1), refused);
    window.settle(key(1), refused, Reason.FULL);
    assertThat(window.enter(key(1), post(2))).isNull();
  }

  @Test
  void theOldestIsForgottenFirst() {
    for (int i = 0; i < 5; i++) {
      FirstPost post = post(i);
      assertThat(window.enter(key(i), post)).isNull();
      window.settle(key(i), post, null);
    }
    assertThat(window.enter(key(0), post(9))).isNull();
    assertThat(window.enter(key(1), post(9))).isNotNull();
  }

  /// Keys of few homes, so that probes collide, wrap around and leave gaps all the time.
  @Test
  void settledPostsAreARingWithALookUp() {
    Random random = new Random(11);
    for (int capacity : new int[] {1, 2, 3, 7, 64, 100}) {
      SettledPosts posts = new SettledPosts(capacity);
      Map<BodyKey, EventId> model = new LinkedHashMap<>();
      for (int step = 0; step < 20_000; step++) {
        BodyKey key = new BodyKey(random.nextInt(5) - 2, random.nextInt(capacity * 2));
        EventId event = event(step);
        assertThat(posts.find(key)).isEqualTo(model.get(key));
        posts.add(key, event);
        model.putIfAbsent(key, event);
        if (model.size() > capacity) {
          model.remove(model.keySet().iterator().next());
        }
      }
    }
  }

  private static BodyKey key(int number) {
    return new BodyKey(number, number);
  }

  private static FirstPost post(int number) {
    return new FirstPost(event(number));
  }

  private static EventId event(int number) {
    return new EventId(new Ulid(number, number));
  }
}
