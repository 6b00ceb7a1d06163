package dev.chasqui.app;

import dev.chasqui.observe.Supervisor;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Starts a gateway in this process, on free ports of the loopback.
final class LocalGateway {

  private LocalGateway() {}

  static Gateway start(Path folder) {
    return start(folder, Map.of());
  }

  /// @param more settings beside the folder and the addresses
  static Gateway start(Path folder, Map<String, String> more) {
    return start(folder, more, Caller.ENVIRONMENT);
  }

  /// @param upstream what it sends messages over, with the workspace's access token
  static Gateway start(Path folder, Map<String, String> more, Upstream upstream) {
    Map<String, String> flags = new HashMap<>(more);
    flags.put("upstream.url", upstream.url());
    Map<String, String> environment = new HashMap<>(Caller.ENVIRONMENT);
    environment.put("META_ACCESS_TOKEN", upstream.accessToken());
    return start(folder, flags, environment);
  }

  /// A platform to send over.
  record Upstream(String url, String accessToken) {}

  /// @param supervisor told of dead loops
  static Gateway start(Path folder, Map<String, String> more, Supervisor supervisor) {
    return Gateway.start(
        settings(folder, more, Caller.ENVIRONMENT), Caller.ENVIRONMENT, supervisor);
  }

  private static Gateway start(
      Path folder, Map<String, String> more, Map<String, String> environment) {
    return Gateway.start(settings(folder, more, environment), environment);
  }

  private static Settings settings(
      Path folder, Map<String, String> more, Map<String, String> environment) {
    Map<String, String> flags = new HashMap<>();
    flags.put("data", folder.toString());
    flags.put("public.address", "127.0.0.1:0");
    flags.put("admin.address", "127.0.0.1:0");
    flags.putAll(more);
    return new SettingsLoader(environment).flags(flags).load();
  }
}
