package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.Payload;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ProjectionStore.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentPayloadsTest {

  private final RecentPayloads recent = new RecentPayloads();

  @Test
  void whoAsksWhileItIsHeldGetsTheSame() {
    Payload held = payload();
    recent.put(at(7), held);
    assertThat(recent.get(at(7))).isSameAs(held);
    assertThat(recent.get(at(8))).isNull();
  }

  @Test
  void theOldestReferenceGoes() {
    Payload held = payload();
    for (long position = 0; position <= RecentPayloads.MAX; position++) {
      recent.put(at(position), held);
    }
    assertThat(recent.get(at(0))).isNull();
    assertThat(recent.get(at(1))).isSameAs(held);
    assertThat(recent.get(at(RecentPayloads.MAX))).isSameAs(held);
  }

  private static Source at(long position) {
    return new Source(new EventId(Ulid.first(Instant.EPOCH)), position);
  }

  private static Payload payload() {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    return new Payload(
        WorkspaceId.DEFAULT, new EventId(Ulid.first(at)), at, Bytes.utf8("{}"), null, null);
  }
}
