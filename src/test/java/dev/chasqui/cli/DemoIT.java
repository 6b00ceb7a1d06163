package dev.chasqui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.sql.PostgresFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The whole product, outside in: a gateway process, a platform, receivers.
class DemoIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void everyNumberOfTheDayIsRight() {
    isRight("--once", "--seed", "7", "--data", folder.resolve("data").toString());
  }

  @Test
  void everyNumberIsRightOnPostgresql() {
    try (PostgresFixture database = new PostgresFixture()) {
      isRight("--once", "--seed", "8", "--postgres", database.url());
      assertThat(database.schemas()).containsExactly("public");
    }
  }

  private void isRight(String... arguments) {
    int exit = run(arguments);
    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("a batch of 1,000 statuses", "all numbers are right")
        .doesNotContain("differs");
  }

  @Test
  void aFolderThatIsNotEmptyIsRefused() throws IOException {
    Files.writeString(folder.resolve("there"), "something");
    assertThat(run("--once", "--data", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty");
  }

  private int run(String... arguments) {
    return new CommandLine(new DemoCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
