package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Libraries unpack native code at each start. A gateway that is started again and again must not
/// fill the folder for temporary files with it. In a process of its own: a driver unpacks only once
/// in each.
class TemporaryFilesIT {

  @TempDir private Path folder;

  @Test
  void aStartLeavesNothingBehindThoughItIsKilled() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<String> flags = List.of("-Djava.io.tmpdir=" + temporary);
    for (int start = 1; start <= 2; start++) {
      try (ChildProcess gateway = ServedGateway.start(folder, Map.of(), flags);
          Caller caller = ServedGateway.caller(gateway)) {
        assertThat(caller.webhook(Caller.message("wamid." + start, 3)).statusCode()).isEqualTo(200);
        assertThat(temporary).isEmptyDirectory();
        assertThat(folder.resolve("data/tmp")).isEmptyDirectory();
        gateway.kill();
      }
    }
  }
}
