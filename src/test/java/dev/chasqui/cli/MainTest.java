package dev.chasqui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "serve --help",
        "demo -h",
        "bench --help",
        "sandbox --help",
        "simulate --help",
        "verify-signature --help",
        "help demo"
      })
  void whoeverAsksForHelpGetsItAndNothingRuns(String words) {
    assertThat(Main.run(words.split(" ", -1))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deliver", "demo --twice", "serve --nothing=1"})
  void whatIsUnknownIsWrongUse(String words) {
    assertThat(Main.run(words.split(" ", -1))).isEqualTo(2);
  }
}
