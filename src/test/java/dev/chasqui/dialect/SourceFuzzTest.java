package dev.chasqui.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chasqui.dialect.exotel.ExotelCallbacks;
import dev.chasqui.dialect.exotel.ExotelSource;
import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.dialect.turn.FallbackSource;
import dev.chasqui.dialect.turn.TurnSource;
import dev.chasqui.dialect.turn.TurnWebhooks;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the bytes are: a source tells what they are and throws nothing, and an envelope that it
/// makes is one that can be taken apart. Runs over whole and damaged callbacks as a plain test;
/// with `JAZZER_FUZZ=1` in the environment it searches for more.
class SourceFuzzTest {

  private static final int DAMAGED = 25;
  private static final List<String> CONTENT_TYPES =
      List.of(
          "application/json",
          "application/x-www-form-urlencoded",
          ExotelCallbacks.MULTIPART,
          "multipart/form-data; boundary=");

  @MethodSource("seeds")
  @FuzzTest
  void anyBytesAreAWebhookOrAreToldNotToBe(byte[] bytes) {
    for (SourceDialect source :
        List.of(new TurnSource(), new FallbackSource(), new ExotelSource())) {
      for (String contentType : CONTENT_TYPES) {
        Translation told = Translated.translate(source, Bytes.of(bytes), contentType);
        assertThat(Translated.translate(source, Bytes.of(bytes), contentType)).isEqualTo(told);
        if (told instanceof Translation.Envelope(Bytes envelope)) {
          canBeTakenApart(envelope);
        }
      }
    }
  }

  private static void canBeTakenApart(Bytes bytes) {
    assertThat(EnvelopeScanner.scan(bytes)).isInstanceOf(Envelope.class);
    Envelope envelope = (Envelope) EnvelopeScanner.scan(bytes);
    assertThat(envelope.summary().topic().isEnvelope()).isTrue();
    assertThat(envelope.summary().contents().dashboardTest()).isFalse();
    ItemKeys keys = new ItemKeys(WorkspaceId.DEFAULT, envelope);
    for (Notification item : Notifications.of(envelope)) {
      assertThat(keys.of(item)).isNotNull();
    }
  }

  static Stream<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    whole().map(it -> it.getBytes(StandardCharsets.UTF_8)).forEach(seeds::add);
    Random random = new Random(20261121);
    List<byte[]> damaged = new ArrayList<>();
    for (byte[] seed : seeds) {
      for (int i = 0; i < DAMAGED; i++) {
        damaged.add(damaged(seed, random));
      }
    }
    seeds.addAll(damaged);
    seeds.add(new byte[0]);
    seeds.add("[".repeat(5_000).getBytes(StandardCharsets.UTF_8));
    seeds.add(nested(190).getBytes(StandardCharsets.UTF_8));
    seeds.add(nested(400).getBytes(StandardCharsets.UTF_8));
    seeds.add(
        "{\"messages\":[{\"id\":\"\\ud800\",\"type\":\"\\udc00\"}]}"
            .getBytes(StandardCharsets.UTF_8));
    seeds.add(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '{', '}'});
    return seeds.stream();
  }

  private static Stream<String> whole() {
    return Stream.of(
            TurnWebhooks.messages().entrySet().stream()
                .map(it -> TurnWebhooks.message(it.getKey(), it.getValue())),
            ExotelCallbacks.messages().entrySet().stream()
                .map(it -> ExotelCallbacks.shapeA(it.getKey(), it.getValue())),
            Stream.of(
                TurnWebhooks.failed(),
                TurnWebhooks.errors(),
                TurnWebhooks.submitted(),
                ExotelCallbacks.failedA(),
                ExotelCallbacks.messageB(),
                ExotelCallbacks.statusB(),
                ExotelCallbacks.statusC(),
                ExotelCallbacks.mixedD(),
                ExotelCallbacks.flow(),
                ExotelCallbacks.formReport(),
                ExotelCallbacks.formMessage(),
                ExotelCallbacks.multipartReport()))
        .flatMap(it -> it);
  }

  /// Cuts a piece out, changes bytes, or puts a piece elsewhere.
  private static byte[] damaged(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(12), bytes.length - from);
      int to = random.nextInt(bytes.length - length + 1);
      System.arraycopy(seed, from, bytes, to, length);
      if (random.nextInt(4) == 0) {
        bytes[from] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private static String nested(int depth) {
    return "{\"messages\":[{\"id\":\"a\",\"x\":"
        + "[".repeat(depth)
        + "]".repeat(depth)
        + "}],\"event\":\"x\"}";
  }
}
