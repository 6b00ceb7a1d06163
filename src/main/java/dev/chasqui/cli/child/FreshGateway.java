package dev.chasqui.cli.child;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A gateway on free loopback ports with secrets made for the occasion.
///
/// @param appSecret what the platform signs with
/// @param verifyToken for handshakes
/// @param adminToken for the admin listener
public record FreshGateway(String appSecret, String verifyToken, String adminToken) {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// New secrets.
  public static FreshGateway of(RandomGenerator random) {
    return new FreshGateway(secret(random), secret(random), secret(random));
  }

  /// How to start it on a data directory.
  ///
  /// @param flags flags for Java beside those of this process
  public ChildProcess.Start start(Path data, List<String> flags) {
    return start(data, flags, Map.of());
  }

  /// How to start it with more in its environment.
  public ChildProcess.Start start(Path data, List<String> flags, Map<String, String> more) {
    List<String> arguments =
        List.of(
            "serve",
            "--data",
            data.toString(),
            "--public",
            "127.0.0.1:0",
            "--admin",
            "127.0.0.1:0");
    Map<String, String> environment = new HashMap<>(ScratchStore.EMBEDDED);
    environment.putAll(more);
    environment.put("WEBHOOK_SIGNING_SECRET", appSecret);
    environment.put("META_VERIFY_TOKEN", verifyToken);
    environment.put("CHASQUI_ADMIN_TOKEN", adminToken);
    environment.put("CHASQUI_OUTBOUND_ALLOW", "127.0.0.0/8");
    return new ChildProcess.Start(flags, arguments, environment, data.resolve("serve.log"), LIMIT);
  }

  private static String secret(RandomGenerator random) {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "FreshGateway";
  }
}
