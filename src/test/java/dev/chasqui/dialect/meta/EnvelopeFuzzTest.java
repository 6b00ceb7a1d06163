package dev.chasqui.dialect.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.Entry;
import dev.chasqui.dialect.meta.Envelope.ItemArray;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.util.List;

/// Whatever the bytes are: nothing is thrown, ranges nest, and a cut that wants all is none.
/// Without the fuzzer this runs over the seeds beside it.
class EnvelopeFuzzTest {

  @FuzzTest
  void anyBytesAreRead(byte[] bytes) {
    Scan scan = EnvelopeScanner.scan(Bytes.of(bytes));
    assertThat(scan.summary().topic().isEnvelope()).isEqualTo(scan instanceof Envelope);
    if (scan instanceof Envelope envelope) {
      nests(envelope);
      cuts(envelope);
    }
  }

  private static void nests(Envelope envelope) {
    assertThat(new Range(0, envelope.body().length()).contains(envelope.entryArray().array()))
        .isTrue();
    for (Entry entry : envelope.entries()) {
      assertThat(envelope.entryArray().array().contains(entry.range())).isTrue();
      for (Change change : entry.changes()) {
        assertThat(entry.changeArray().array().contains(change.range())).isTrue();
        nests(change);
      }
    }
  }

  private static void nests(Change change) {
    for (ItemArray array : change.items()) {
      assertThat(change.value().contains(array.array())).isTrue();
      assertThat(array.elements()).allMatch(array.array()::contains);
    }
  }

  private static void cuts(Envelope envelope) {
    List<Notification> notifications = Notifications.of(envelope);
    List<ItemPath> paths = notifications.stream().map(Notification::path).toList();
    assertThat(EnvelopeCutter.cut(envelope, paths)).isSameAs(envelope.body());
    ItemKeys keys = new ItemKeys(WorkspaceId.DEFAULT, envelope);
    for (Notification notification : notifications) {
      ItemKey key = keys.of(notification);
      List<ItemPath> only = List.of(notification.path());
      Envelope part = Samples.read(EnvelopeCutter.cut(envelope, only));
      Notification kept = Notifications.of(part).getFirst();
      assertThat(new ItemKeys(WorkspaceId.DEFAULT, part).of(kept).id()).isEqualTo(key.id());
    }
  }
}
