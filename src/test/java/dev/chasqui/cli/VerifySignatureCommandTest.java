package dev.chasqui.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VerifySignatureCommandTest {

  private static final String META =
      "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914";
  private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String file = "";

  @BeforeEach
  void writeBody() throws IOException {
    file = Files.writeString(folder.resolve("body"), "test").toString();
  }

  @Test
  void printsTheSignatureOfTheBytes() {
    assertThat(run("--dialect", "meta", "--secret", "secret", file)).isZero();
    assertThat(out.toString().strip()).isEqualTo(META);
  }

  @Test
  void saysThatARightHeaderIsRight() {
    assertThat(run("--dialect", "meta", "--secret", "secret", "--header", META, file)).isZero();
    assertThat(out.toString()).contains("right");
  }

  @Test
  void saysWhyAHeaderIsWrong() {
    assertThat(run("--dialect", "meta", "--secret", "other", "--header", META, file)).isEqualTo(1);
    assertThat(err.toString()).contains("another secret");
    assertThat(run("--dialect", "meta", "--secret", "secret", "--header", "abc", file))
        .isEqualTo(1);
    assertThat(err.toString()).contains("must begin with sha256=");
  }

  @Test
  void signsAsTheLibraryOfTheStandardExpects() {
    String now = Long.toString(Clock.systemUTC().instant().getEpochSecond());
    String[] standard = {
      "--dialect",
      "standard",
      "--secret",
      STANDARD_SECRET,
      "--id",
      "dlv_1",
      "--timestamp",
      now,
      file
    };
    assertThat(run(standard)).isZero();
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of(
                "webhook-id", List.of("dlv_1"),
                "webhook-timestamp", List.of(now),
                "webhook-signature", List.of(out.toString().strip())),
            (_, _) -> true);
    assertThatCode(() -> new Webhook(STANDARD_SECRET).verify("test", headers))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          turn|secret|{"foo":"bar"}|PzqzmGtlarsXrz6xRD7WwI74//n+qDkVkJ0bQhrsib4=
          turn|secret|payload|uC/LeRrOxXhZuYm0MKgmSIzi5Hn9+SMmvQoug3WkK6Q=
          turn|REPLACE_ME|{"preview_url":false,"recipient_type":"individual","text":{"body":"text message content"},"to":"whatsapp_id","type":"text"}|jW/nhuaGDB2IMv2nBlzEngmBGiHX4cZeTsSHuiESTmc=
          turn|secret||+eZuF5tnR65UEI+C+K3os8Jddv0wr95sOVgixTAZYWk=
          turn|secret|{"foo": "bar"}|WRDZcdaQn1vOOrw+A14X+qciSTmdaQYkjOgN3jCjIoU=
          turn|secret|{"foo":"bar"}~|A0dyhVCgotjMNClyCl8QSq7zavcCQCa0+4SZiH2LAKU=
          turn|secret|{"text":{"body":"héllo ☺"}}|9QJEsA/cdorm7FPQZAVFRalLHr52hct3sWm8pFfjcsE=
          turn|sécret|{"foo":"bar"}|gbC+F6jQKId6/EzTX5XzU/NZcWARUhLC8UXM9EgMHKg=
          turn|secret |{"foo":"bar"}|WGaPtUySxqiCzalncqbkEmHyMTFOVdTxZzpRF67E32g=
          turn|chasqui-turn-secret|{"preview_url":false,"recipient_type":"individual","to":"51900000001","type":"text","text":{"body":"Hola Ñuño ✓"}}|D5n7/ERIhDf/Y1jDIxJEIDZ82Rj+f2vfM+4QU/MS414=
          exotel|chasqui-exotel-secret|{"event":"message_status","message":{"id":"m1","status":"delivered","recipient":"+51900000001"}}|sha256=36307443efc1395fb02f54bf7441d8aaab8b44797fd10207f09262455e927060
          """)
  void signsAndChecksAsTheVectorsSay(String dialect, String secret, String body, String signature)
      throws IOException {
    String text = Objects.requireNonNullElse(body, "").replace('~', '\n');
    String path = Files.writeString(folder.resolve("vector"), text).toString();
    assertThat(run("--dialect", dialect, "--secret", secret, path)).isZero();
    assertThat(out.toString().strip()).isEqualTo(signature);
    assertThat(run("--dialect", dialect, "--secret", secret, "--header", signature, path)).isZero();
    assertThat(run("--dialect", dialect, "--secret", "x", "--header", signature, path)).isOne();
    String prefixed = "sha256=" + signature;
    assertThat(run("--dialect", dialect, "--secret", secret, "--header", prefixed, path)).isOne();
  }

  @Test
  void oneRightSignatureAmongSeveralIsEnough() {
    String[] standard = {
      "--dialect", "standard", "--secret", STANDARD_SECRET, "--id", "a", "--timestamp", "1", file
    };
    assertThat(run(standard)).isZero();
    String both = "v1,bm90IHRoaXMgb25l " + out.toString().strip();
    assertThat(
            run(
                "--dialect",
                "standard",
                "--secret",
                STANDARD_SECRET,
                "--id",
                "a",
                "--timestamp",
                "1",
                "--header",
                both,
                file))
        .isZero();
  }

  @Test
  void wrongUseIsToldApart() {
    assertThat(run("--dialect", "klingon", "--secret", "s", file)).isEqualTo(2);
    assertThat(run("--dialect", "meta", "--secret", "s", file + "-none")).isEqualTo(2);
    assertThat(run("--dialect", "standard", "--secret", STANDARD_SECRET, file)).isEqualTo(2);
    assertThat(run("--dialect", "meta", "--secret", "", file)).isEqualTo(2);
  }

  private int run(String... arguments) {
    return new CommandLine(new VerifySignatureCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
