package dev.chasqui.http.client;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Finds the addresses of host names.
public interface Resolver extends AutoCloseable {

  /// Asks for a name's addresses. Blocks until they are known or the limit has passed, which is a
  /// [TemporaryFailure].
  Resolution resolve(String name, Duration limit) throws InterruptedException;

  @Override
  void close();

  sealed interface Resolution {}

  /// The name has these addresses, best first, at least one.
  record Found(List<InetAddress> addresses) implements Resolution {
    public Found {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("no address found is not found");
      }
    }
  }

  /// The name does not exist.
  record NotFound() implements Resolution {}

  /// The resolver did not answer in time, or failed; another try may succeed.
  record TemporaryFailure(String why) implements Resolution {}
}
