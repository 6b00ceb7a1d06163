package dev.chasqui.dialect.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTextTest {

  private static Optional<String> text(String payload) {
    return TemplateText.of(RawObject.of(RawObject.checked(Bytes.utf8(payload))));
  }

  @Test
  void aTemplateIsItsNameAndWhatWasFilledIn() {
    assertThat(
            text(
                "{\"type\":\"template\",\"template\":{\"name\":\"order_shipped\",\"components\":["
                    + "{\"type\":\"header\",\"parameters\":[{\"type\":\"image\",\"image\":"
                    + "{\"link\":\"https://a.example/b.png\"}}]},"
                    + "{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Rosa\"},"
                    + "{\"type\":\"currency\",\"currency\":{\"fallback_value\":\"S/ 9\"}},"
                    + "{\"type\":\"date_time\",\"date_time\":{\"fallback_value\":\"May 4\"}}]},"
                    + "{\"type\":\"button\",\"parameters\":[{\"type\":\"text\",\"text\":\"x1\"}]}"
                    + "]}}"))
        .contains("order shipped: https://a.example/b.png, Rosa, S/ 9, May 4");
  }

  @Test
  void anOldTemplateHasItsDefaults() {
    assertThat(
            text(
                "{\"type\":\"hsm\",\"hsm\":{\"element_name\":\"hello\",\"localizable_params\":"
                    + "[{\"default\":\"Rosa\"},{\"currency\":{}},{\"default\":\"9\"}]}}"))
        .contains("hello: Rosa, 9");
  }

  @Test
  void whatIsMissingIsLeftOut() {
    assertThat(text("{\"type\":\"template\",\"template\":{\"name\":\"hello_world\"}}"))
        .contains("hello world");
    assertThat(text("{\"type\":\"template\",\"template\":[1]}")).contains("");
    assertThat(text("{\"type\":\"text\",\"text\":{\"body\":\"a\"}}")).isEmpty();
    assertThat(text("{\"text\":{\"body\":\"a\"}}")).isEmpty();
  }
}
