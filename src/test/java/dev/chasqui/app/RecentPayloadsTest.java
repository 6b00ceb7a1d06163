package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.Payload;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentPayloadsTest {

  private final RecentPayloads recent = new RecentPayloads();

  @Test
  void whoAsksWhileItIsHeldGetsTheSame() {
    Payload held = payload();
    recent.put(7, held);
    assertThat(recent.get(7)).isSameAs(held);
    assertThat(recent.get(8)).isNull();
  }

  @Test
  void theOldestReferenceGoes() {
    Payload held = payload();
    for (long position = 0; position <= RecentPayloads.MAX; position++) {
      recent.put(position, held);
    }
    assertThat(recent.get(0)).isNull();
    assertThat(recent.get(1)).isSameAs(held);
    assertThat(recent.get(RecentPayloads.MAX)).isSameAs(held);
  }

  private static Payload payload() {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    return new Payload(
        WorkspaceId.DEFAULT, new EventId(Ulid.first(at)), at, Bytes.utf8("{}"), null, null);
  }
}
