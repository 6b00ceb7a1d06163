package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.Main;
import dev.chasqui.observe.HeldElsewhereException;
import dev.chasqui.store.sql.PostgresFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One process works on one data directory, one schema and one pair of ports, and a start that
/// cannot have them touches nothing.
class OneProcessIT {

  @TempDir private Path folder;

  @Test
  void p1ASecondGatewayOverOnePostgresIsRefusedBeforeItTouchesAnything() throws Exception {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Map<String, String> store = Map.of("store.url", postgres.settings().url());
      try (Gateway first = LocalGateway.start(folder.resolve("one"), store);
          Caller caller = new Caller(first.publicUrl(), first.adminUrl())) {
        assertThatThrownBy(() -> LocalGateway.start(folder.resolve("two"), store))
            .isInstanceOf(HeldElsewhereException.class)
            .hasMessageContaining("works on the PostgreSQL schema 'public' of store.url");
        assertThat(folder.resolve("two/journal")).doesNotExist();
        assertThat(folder.resolve("two/secrets.key")).doesNotExist();
        assertThat(postgres.numbers("SELECT count(*) FROM tokens")).containsExactly(1L);
        assertThat(caller.webhook(Caller.message("wamid.1", 10)).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void p1ASecondProcessOverTheSameDataEndsWithCode78AndOneSentence() throws Exception {
    Path data = folder.resolve("data");
    Path said = folder.resolve("said");
    try (Gateway _ = LocalGateway.start(data)) {
      Process second = serve(data, said);
      try {
        assertThat(second.waitFor(Duration.ofSeconds(90))).isTrue();
      } finally {
        second.destroyForcibly();
      }
      assertThat(second.exitValue()).isEqualTo(78);
    }
    assertThat(Files.readAllLines(said))
        .filteredOn(line -> line.startsWith("chasqui"))
        .containsExactly(
            "chasqui: another Chasqui uses the data directory "
                + data
                + "; stop it, or give this one another with --data");
  }

  private static Process serve(Path data, Path said) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--data", data.toString()));
    command.addAll(List.of("--public", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  @Test
  void aPortThatIsTakenIsNamedBeforeTheDataDirectoryIsMade() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      String address = "127.0.0.1:" + other.getLocalPort();
      Path data = folder.resolve("data");
      assertThatThrownBy(() -> LocalGateway.start(data, Map.of("public.address", address)))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "cannot listen on "
                  + address
                  + ": the address is in use (another Chasqui?); set public.address");
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void p1AStoreThatIsAheadOfItsJournalStartsOnlyIfItIsSaidSo() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      String answer = caller.webhook(Caller.message("wamid.1", 10)).body();
      assertThat(caller.get("/api/v1/events/" + Caller.eventId(answer))).contains("processed");
    }
    try (Stream<Path> segments = Files.list(folder.resolve("journal"))) {
      for (Path segment : segments.toList()) {
        Files.delete(segment);
      }
    }
    assertThatThrownBy(() -> LocalGateway.start(folder))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("it has lost records, or it is not the journal of this store")
        .hasMessageContaining("serve --accept-lost-journal");
    try (Gateway gateway = LocalGateway.start(folder, Map.of("journal.acceptLost", "true"));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(caller.webhook(Caller.message("wamid.2", 10)).statusCode()).isEqualTo(200);
    }
    try (Gateway again = LocalGateway.start(folder)) {
      assertThat(again.readyLine()).startsWith("chasqui ready");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    assertThatThrownBy(
            () -> LocalGateway.start(folder, Map.of("admin.address", "198.51.100.7:8081")))
        .hasMessage(
            "cannot listen on 198.51.100.7:8081: this machine has no such address; set"
                + " admin.address");
  }

  @Test
  void whatIsStoredIsReadableForThisUserAlone() throws IOException {
    Path data = folder.resolve("data");
    try (Gateway gateway = LocalGateway.start(data)) {
      assertThat(gateway.readyLine()).startsWith("chasqui ready");
      isPrivate(data);
    }
    Path file = data.resolve("chasqui.db");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Gateway gateway = LocalGateway.start(data)) {
      assertThat(gateway.readyLine()).startsWith("chasqui ready");
      isPrivate(data);
      assertThat(data.resolve("tmp")).isEmptyDirectory();
    }
  }

  private static void isPrivate(Path data) throws IOException {
    assertThat(rights(data)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        assertThat(rights(one)).as(one.toString()).isEqualTo("rw-------");
      }
    }
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
