package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers that are spelt in two ways.
class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "525512345678,5215512345678",
    "5215512345678,525512345678",
    "5511987654321,551187654321",
    "551187654321,5511987654321",
    "541123456789,5491123456789",
    "5491123456789,541123456789"
  })
  void aMobileNumberHasAnother(String number, String other) {
    assertThat(Spelling.other(number)).contains(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"551133334444", "51900000001", "15551234567", "52551234567", "US.1349", "", "54"})
  void allOthersHaveOne(String number) {
    assertThat(Spelling.other(number)).isEmpty();
  }
}
