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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
