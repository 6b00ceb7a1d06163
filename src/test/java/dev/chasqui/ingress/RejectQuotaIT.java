package dev.chasqui.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.ingress.IngressEvents.Guarded;
import dev.chasqui.ingress.IngressSettings.ByteLimits;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectQuotaIT {

  private static final long STRETCH = 64L << 20;

  @TempDir private Path folder;
  private FileJournal journal;

  @BeforeEach
  void open() {
    journal = FileJournal.open(folder, JournalSettings.DEFAULTS, 3 * STRETCH);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void theShareIsFullUntilTheJournalLetsGo() {
    RejectQuota quota = new RejectQuota(limits(1000, 0), journal);
    quota.keep(5, 600);
    quota.keep(3 * STRETCH + 5, 400);
    assertThat(quota.shortOf()).isEqualTo(Guarded.JOURNAL_SHARE);
    quota.refresh();
    assertThat(quota.keptBytes()).isEqualTo(400);
    assertThat(quota.shortOf()).isNull();
  }

  @Test
  void aDiskThatHasOnlyWhatIsKeptForSignedWebhooksHasNoRoom() {
    RejectQuota quota = new RejectQuota(limits(1000, Long.MAX_VALUE), journal);
    quota.refresh();
    assertThat(quota.shortOf()).isEqualTo(Guarded.DISK);
  }

  @Test
  void countsOutliveARestartAndGarbageIsLeftOut() {
    RejectQuota before = new RejectQuota(limits(1000, 0), journal);
    before.keep(3 * STRETCH, 300);
    before.keep(5 * STRETCH, 200);
    RejectQuota after = new RejectQuota(limits(1000, 0), journal);
    after.restore(before.saved() + "\0\0\nx y\n7 -1\n7\n");
    assertThat(after.keptBytes()).isEqualTo(500);
    assertThat(after.saved()).isEqualTo(before.saved());
  }

  private static ByteLimits limits(long kept, long diskRoom) {
    return new ByteLimits(1, 1, 1, kept, diskRoom);
  }
}
