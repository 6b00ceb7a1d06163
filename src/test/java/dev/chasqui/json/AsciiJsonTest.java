package dev.chasqui.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiJsonTest {

  private static String ascii(String json) {
    return AsciiJson.of(Bytes.utf8(json)).toUtf8();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"ñ/é\"} | {\"a\":\"\\u00f1\\/\\u00e9\"}",
        "{\"a\":\"\\/ \\\" / \\\\\"} | {\"a\":\"\\/ \\\" \\/ \\\\\"}",
        "[\"😀\"] | [\"\\ud83d\\ude00\"]",
        "{\"ü\":1.10, \"b\" : [ ]} | {\"\\u00fc\":1.10, \"b\" : [ ]}",
        "{\"a\":\"plain\"} | {\"a\":\"plain\"}"
      })
  void textsAreWrittenAsMetaWritesThem(String json, String expected) {
    assertThat(ascii(json)).isEqualTo(expected);
    assertThat(Json.read(Bytes.utf8(expected))).isEqualTo(Json.read(Bytes.utf8(json)));
  }

  @Test
  void whatIsAsciiAlreadyIsTheSame() {
    Bytes json = Bytes.utf8("{\"a\":\"b\"}");
    assertThat(AsciiJson.of(json)).isSameAs(json);
  }
}
