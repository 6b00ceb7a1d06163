package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.app.ClientProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Camel's WhatsApp component as Maven has it, unchanged. It brings other versions of libraries
/// that the gateway uses, so it has a project of its own in `src/test/camel` and runs in a process
/// of its own.
@Tag("clients")
class CamelClientIT {

  private static final Path SOURCES = Path.of("src/test/camel");
  private static final Path SITE = Path.of("target/camel-client");
  private static final long MINUTES_OF_INSTALL = 10;
  private static final long MINUTES_OF_RUN = 3;

  @TempDir private Path folder;
  private TurnTown town;

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    Files.createDirectories(SITE);
    String wanted = Files.readString(SOURCES.resolve("pom.xml"));
    Path mark = SITE.resolve("installed.xml");
    if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
      return;
    }
    Path project = SOURCES.resolve("pom.xml").toAbsolutePath();
    List<String> maven =
        List.of(
            Path.of("mvnw").toAbsolutePath().toString(),
            "-B",
            "-q",
            "-f",
            project.toString(),
            "dependency:build-classpath",
            "-Dmdep.outputFile=" + classpath().toAbsolutePath());
    Ended ended = ClientProcess.run(SITE, maven, Map.of(), MINUTES_OF_INSTALL);
    assertThat(ended.status()).as("maven: %s", ended.output()).isZero();
    Files.writeString(mark, wanted);
  }

  private static Path classpath() {
    return SITE.resolve("classpath.txt");
  }

  @BeforeEach
  void open() {
    town = new TurnTown(folder, Map.of());
    town.introduceShop();
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void theComponentSendsEachKindAndReceives() throws IOException, InterruptedException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Files.readString(classpath()).strip(),
            SOURCES.resolve("CamelWhatsapp.java").toAbsolutePath().toString());
    Ended ended = ClientProcess.run(SITE, java, town.clientEnvironment(), MINUTES_OF_RUN);
    assertThat(ended.status()).as("%s", ended.output()).isZero();
    assertThat(ended.output()).endsWith("all is as it should be\n");
    assertThat(town.graph.messagesTo("51900000001")).hasSize(4);
  }
}
