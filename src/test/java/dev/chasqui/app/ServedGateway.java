package dev.chasqui.app;

import dev.chasqui.cli.child.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A gateway in a process of its own, so that it can be killed.
final class ServedGateway {

  private static final Duration READY_LIMIT = Duration.ofSeconds(90);

  private ServedGateway() {}

  /// Starts one whose data and log stand in the folder; the next one there goes on with them.
  static ChildProcess start(Path folder) throws InterruptedException {
    return start(folder, Map.of());
  }

  /// The same with more in its environment.
  static ChildProcess start(Path folder, Map<String, String> more) throws InterruptedException {
    return start(folder, more, List.of());
  }

  /// @param flags of its Java
  static ChildProcess start(Path folder, Map<String, String> more, List<String> flags)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>(Caller.ENVIRONMENT);
    environment.putAll(more);
    String data = folder.resolve("data").toString();
    return ChildProcess.start(
        new ChildProcess.Start(
            flags,
            List.of("serve", "--data", data, "--public", "127.0.0.1:0", "--admin", "127.0.0.1:0"),
            environment,
            folder.resolve("log"),
            READY_LIMIT));
  }

  static Caller caller(ChildProcess gateway) {
    return new Caller(
        gateway.ready().publicUrl().toString(), gateway.ready().adminUrl().toString());
  }
}
