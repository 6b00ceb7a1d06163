package dev.chasqui.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chasqui.model.Bytes;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Arbitrary bytes are a fact or are refused in the documented way. Runs on a few inputs as a plain
/// test; with `JAZZER_FUZZ=1` in the environment it searches for new ones.
class FactCodecFuzzTest {

  @MethodSource("seeds")
  @FuzzTest
  void arbitraryBytesAreAFactOrRefused(byte[] input) {
    decode(Bytes.of(input))
        .ifPresent(fact -> assertThat(FactCodec.decode(FactCodec.encode(fact, 0))).isEqualTo(fact));
  }

  static Stream<byte[]> seeds() {
    byte[] webhook = FactCodec.encode(Facts.webhook(1), 0).toArray();
    byte[] duplicate = FactCodec.encode(Facts.duplicate(1), 0).toArray();
    byte[] longLength = webhook.clone();
    Arrays.fill(longLength, FactCodec.HEAD_BYTES, FactCodec.HEAD_BYTES + 5, (byte) 0xFF);
    return Stream.of(webhook, duplicate, Arrays.copyOf(webhook, 90), longLength);
  }

  private static Optional<Fact> decode(Bytes bytes) {
    try {
      return Optional.of(FactCodec.decode(bytes));
    } catch (JournalException e) {
      assertThat(e.kind()).isEqualTo(JournalException.Kind.DAMAGED);
      return Optional.empty();
    }
  }
}
