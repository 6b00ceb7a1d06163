package dev.chasqui.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Large answers of reads, for callers who take gzip and for others.
class CompressedIT {

  /// A word of a filter, which stands in the answer, with a warning.
  private static final String LONG = "messages_of_a_very_long_name".repeat(3);

  private static final String LIST = "/api/v1/endpoints";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
    operator.created("");
    operator.created("");
  }

  @AfterEach
  void close() {
    operator.close();
  }

  /// Its answers are not read as JSON by the fixture, since they may be compressed.
  private Exchange asking(String encoding) {
    return new Exchange(operator.playground.base())
        .as(operator.token("viewer", Operator.DEFAULT))
        .with("Accept-Encoding", encoding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, gzip;q=0.5", "br, GZIP ; q=1"})
  void whoTakesGzipGetsIt(String encoding) throws IOException {
    String plain = asking("identity").get(LIST).text();
    assertThat(plain.length()).isGreaterThan(1_024);
    Answered small = asking(encoding).get(LIST);
    assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(small.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(small.bytes().length).isLessThan(plain.length() / 2);
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(small.bytes()))) {
      assertThat(new String(gzip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "gzip; q=0.00", "br", "x-gzip-like"})
  void whoDoesNotGetsItPlain(String encoding) {
    Answered plain = asking(encoding).get(LIST);
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(plain.json().path("data").size()).isEqualTo(2);
  }

  @Test
  void whatMayHoldANewSecretIsNeverCompressed() {
    Answered made =
        operator
            .nobody
            .as(operator.token("admin", Operator.DEFAULT))
            .with("Accept-Encoding", "gzip")
            .post(
                LIST,
                operator.endpoint(
                    ",\"filters\":{\"fields\":[\"%s\",\"%s2\"]}".formatted(LONG, LONG)));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.bytes().length).isGreaterThan(1_024);
    assertThat(made.header("Content-Encoding")).isEmpty();
  }
}
