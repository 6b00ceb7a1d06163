package dev.chasqui.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.ingress.IngressSettings.ByteLimits;
import dev.chasqui.ingress.IngressSettings.Dedup;
import dev.chasqui.ingress.IngressSettings.GuardLimits;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.model.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large bodies without a signature are refused by their head once their address has no bytes left.
class UnreadBodiesIT {

  private static final String PATH = "/webhooks/whatsapp";
  private static final int LARGE = 100_000;

  @TempDir private Path folder;
  private FileJournal journal;

  @BeforeEach
  void open() {
    journal = FileJournal.open(folder, JournalSettings.DEFAULTS, 0);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void anAddressWithoutBytesLeftIsRefusedBeforeItsBodyIsRead() throws Exception {
    try (IngressServer server = server(150_000, Set.of())) {
      assertThat(server.post(PATH, " ".repeat(LARGE)).statusCode()).isEqualTo(200);
      assertThat(server.postHead(PATH, length(LARGE)))
          .startsWith("HTTP/1.1 429 ")
          .contains("Connection: close\r\n", "Retry-After: 5\r\n", "\"rate_limited\"");
      assertThat(server.postHead(PATH, "Transfer-Encoding: chunked\r\n"))
          .startsWith("HTTP/1.1 429 ");
      assertThat(server.post(PATH, "{}").statusCode()).as("a small one is read").isEqualTo(200);
      assertThat(server.postSigned(PATH, "{\"a\":\"" + "x".repeat(LARGE) + "\"}").statusCode())
          .as("a signed one is read")
          .isEqualTo(200);
    }
  }

  @Test
  void aBodyThatNeverEndsUsesUpTheBytesOfItsAddress() throws Exception {
    try (IngressServer server = server(150_000, Set.of())) {
      server.awaitContinue(PATH, length(LARGE) + "Expect: 100-continue\r\n");
      assertThat(server.postHead(PATH, length(LARGE))).startsWith("HTTP/1.1 429 ");
    }
  }

  @Test
  void aBodyThatDoesNotTellItsLengthCostsWhatItHas() throws Exception {
    try (IngressServer server = server(2 << 20, Set.of())) {
      for (int i = 0; i < 5; i++) {
        assertThat(server.postChunked(PATH, i + " ".repeat(LARGE)).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatAWorkspaceTakesWithoutASignatureIsRead() throws Exception {
    try (IngressServer server = server(1_000, Set.of(WorkspaceId.DEFAULT))) {
      assertThat(server.post(PATH, " ".repeat(LARGE)).statusCode()).isEqualTo(200);
    }
  }

  private IngressServer server(long burst, Set<WorkspaceId> mock) {
    ByteLimits bytes = new ByteLimits(burst, 1, 1 << 24, 1 << 24, 0);
    GuardLimits guard = new GuardLimits(1_000, 1_000, 1_000, Duration.ofSeconds(5), bytes);
    IngressSettings settings =
        new IngressSettings(1 << 20, Set.of(), mock, new Dedup(1_000, 1 << 20), guard);
    return new IngressServer(settings, journal, IngressServer.Known.USUAL);
  }

  private static String length(int bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }
}
