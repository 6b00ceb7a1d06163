package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRuleTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u2028", "\u3000", "a\u0000", "a\n", "\ud800", "a\udc00b"})
  void whatNoTextMayBe(String text) {
    assertThat(TextRule.objection(text)).isPresent();
    assertThat(TextRule.secretObjection(text)).isPresent();
    assertThat(TextRule.tokenObjection(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "\ud83d\ude00", "é", "a\"b"})
  void whatATextMayBe(String text) {
    assertThat(TextRule.objection(text)).isEmpty();
    assertThat(TextRule.secretObjection(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" a", "a ", "a\u3000", "\"a\"", "'a'"})
  void whatASecretMayNotBe(String secret) {
    assertThat(TextRule.secretObjection(secret)).isPresent();
  }

  @Test
  void aTokenIsVisibleAscii() {
    assertThat(TextRule.tokenObjection("EAAG…")).isPresent();
    assertThat(TextRule.tokenObjection("EAA G")).isPresent();
    assertThat(TextRule.tokenObjection("EAAG_x-1")).isEmpty();
  }
}
