package dev.chasqui.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.tidy.Snippets.Language;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each page of a dialect has a program in five languages that verifies its signatures; each is run
/// where its interpreter is, and CI has them all.
class VerificationSnippetsIT {

  private static final String SECRET = "abcd-efgh-ijkl";
  private static final String BODY = "{\"text\":{\"body\":\"\u00a1Hola! \u263a\"}}\n";
  private static final Bytes BYTES = Bytes.utf8(BODY);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void meta(Language language) throws Exception {
    check("meta", language, List.of(SECRET, Signatures.sign(SigningKey.of(SECRET), BYTES)));
  }

  @ParameterizedTest
  @EnumSource
  void turn(Language language) throws Exception {
    check("turn", language, List.of(SECRET, TurnDialect.signature(SECRET, BYTES)));
  }

  @ParameterizedTest
  @EnumSource
  void exotel(Language language) throws Exception {
    check("exotel", language, List.of(SECRET, Signatures.sign(SigningKey.of(SECRET), BYTES)));
  }

  @ParameterizedTest
  @EnumSource
  void standard(Language language) throws Exception {
    Instant now = Clock.systemUTC().instant();
    List<String> good = standardArguments(now);
    check("standard", language, good);
    String program = program("standard", language);
    List<String> several = List.of(good.get(0), good.get(1), good.get(2), "v1,eA== " + good.get(3));
    assertThat(Snippets.run(folder, language, program, several, BODY)).as("one of two").isZero();
    List<String> old = standardArguments(now.minus(Duration.ofHours(1)));
    assertThat(Snippets.run(folder, language, program, old, BODY)).as("too old").isOne();
  }

  @ParameterizedTest
  @EnumSource
  void everyDialectHasAPageWithAProgramInEachLanguage(DialectName dialect) throws Exception {
    for (Language language : Language.values()) {
      assertThat(program(dialect.wire(), language)).isNotBlank();
    }
  }

  private static List<String> standardArguments(Instant at) {
    byte[] key = Bytes.utf8("chasqui runs over the mountains").toArray();
    String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
    String time = Long.toString(at.getEpochSecond());
    byte[] hmac = SigningKey.ofBytes(key).hmac(Bytes.utf8("dlv_1." + time + "."), BYTES);
    return List.of(secret, "dlv_1", time, "v1," + Base64.getEncoder().encodeToString(hmac));
  }

  private static String program(String dialect, Language language) throws Exception {
    List<String> programs = Snippets.in(Path.of("docs/dialects", dialect + ".md"), language);
    assertThat(programs).as("programs in the page").hasSize(1);
    return programs.getFirst();
  }

  private void check(String dialect, Language language, List<String> good) throws Exception {
    String program = program(dialect, language);
    boolean isThere = language.command().isPresent();
    if (System.getenv("CI") != null) {
      assertThat(isThere).as("CI runs every program; %s is not on the PATH", language).isTrue();
    }
    assumeTrue(isThere, () -> language + " is not on the PATH: not executed");
    assertThat(Snippets.run(folder, language, program, good, BODY)).as("good").isZero();
    assertThat(Snippets.run(folder, language, program, good, BODY.strip()))
        .as("another body")
        .isOne();
    List<String> bad = new ArrayList<>(good);
    bad.set(good.size() - 1, "x");
    assertThat(Snippets.run(folder, language, program, bad, BODY)).as("garbage").isOne();
    List<String> other = new ArrayList<>(good);
    other.set(0, "whsec_" + Base64.getEncoder().encodeToString(new byte[24]));
    assertThat(Snippets.run(folder, language, program, other, BODY)).as("another secret").isOne();
  }
}
