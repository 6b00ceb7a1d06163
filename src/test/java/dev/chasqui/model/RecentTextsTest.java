package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTextsTest {

  @Test
  void whatWasDecodedLatelyIsTheSameObject() {
    assertThat(decode("106540352242922")).isSameAs(decode("106540352242922"));
  }

  @Test
  void longTextsAndOthersThanAsciiAreDecodedAnew() {
    String wamid = "wamid.HBgLMTY0NjcwNDM1OTUVAgASGBQzQTdCNTg5RjY1MEMyRjlGMjRGNgA=";
    assertThat(decode(wamid)).isEqualTo(wamid).isNotSameAs(decode(wamid));
    assertThat(decode("Zoë ✓ 😀")).isEqualTo("Zoë ✓ 😀");
    assertThat(decode("")).isEmpty();
  }

  /// Bytes that are no UTF-8 come out as the replacement character, which must not pass for a text.
  @Test
  void brokenBytesAreNotTakenForAnother() {
    byte[] broken = {'a', (byte) 0xFF, 'b'};
    assertThat(RecentTexts.decode(broken, 0, 3)).isEqualTo("a�b");
    assertThat(RecentTexts.decode(new byte[] {'a', (byte) 0xFE, 'b'}, 0, 3)).isEqualTo("a�b");
    assertThat(decode("a\u007fb")).isEqualTo("a\u007fb");
  }

  /// Far more texts than places, from several threads at once.
  @Test
  void textsOfOnePlaceAreNeverMixedUp() {
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            thread -> {
              Random random = new Random(thread);
              for (int i = 0; i < 50_000; i++) {
                String text = Integer.toString(random.nextInt(5_000), 36) + (i % 3 == 0 ? "é" : "");
                assertThat(decode(text)).isEqualTo(text);
              }
            });
  }

  private static String decode(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return RecentTexts.decode(bytes, 1, bytes.length - 1);
  }
}
