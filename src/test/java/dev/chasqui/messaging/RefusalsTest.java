package dev.chasqui.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The second table of docs/design/messaging.md.
class RefusalsTest {

  @ParameterizedTest
  @CsvSource({
    "400, 131026, true, false",
    "400, 1013, true, false",
    "400, 130472, true, false",
    "400, 131049, false, false",
    "400, 131050, false, false",
    "400, 131051, false, false",
    "400, 100, false, false",
    "400, 132001, false, false",
    "400, 130429, false, true",
    "400, 131056, false, true",
    "400, 190, false, true",
    "400, 10, false, true",
    "400, 299, false, true",
    "400, 300, false, false",
    "404, 0, false, true",
    "401, 100, false, true",
    "429, 131051, false, true",
    "500, 131000, false, true"
  })
  void aCodeTellsWhoseFaultItIsAndWhetherItPasses(
      int status, long code, boolean isRecipients, boolean mayPass) {
    assertThat(Refusals.isRecipients(code)).isEqualTo(isRecipients);
    assertThat(Refusals.mayPass(status, code)).isEqualTo(mayPass);
  }
}
