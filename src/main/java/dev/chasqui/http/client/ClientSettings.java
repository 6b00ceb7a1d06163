package dev.chasqui.http.client;

import dev.chasqui.http.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How requests are sent.
///
/// @param allowed blocks that receivers may have beside public addresses (`CHASQUI_OUTBOUND_ALLOW`)
/// @param inFlightPerHost requests at a time to one host and port
/// @param waitingPerHost requests that may wait for one of those; over it the host is busy
/// @param connectTimeout how long a connection may take, if the request's deadline is not nearer
/// @param keepAlive how long an idle connection is kept; less than receivers keep theirs, 5 s often
/// @param maxHeaderBytes the largest head of an answer that is read
/// @param authorities a PEM file of certificate authorities that are trusted beside the JDK's
public record ClientSettings(
    List<Cidr> allowed,
    int inFlightPerHost,
    int waitingPerHost,
    Duration connectTimeout,
    Duration keepAlive,
    int maxHeaderBytes,
    @Nullable Path authorities) {

  /// Public addresses only, 256 in flight and 1,024 waiting per host, 5 s to connect, 4 s idle,
  /// heads of 64 KiB.
  public static final ClientSettings DEFAULT =
      new ClientSettings(
          List.of(), 256, 1024, Duration.ofSeconds(5), Duration.ofSeconds(4), 64 << 10, null);

  private static final int MIN_HEADER_BYTES = 8 << 10;

  public ClientSettings {
    allowed = List.copyOf(allowed);
    if (inFlightPerHost < 1 || waitingPerHost < 0) {
      throw new IllegalArgumentException("a host takes at least one request at a time");
    }
    if (maxHeaderBytes < MIN_HEADER_BYTES) {
      throw new IllegalArgumentException("an answer's head has at least 8 KiB");
    }
    if (connectTimeout.toMillis() < 1 || keepAlive.toSeconds() < 1) {
      throw new IllegalArgumentException("a time-out is too short");
    }
  }

  /// The same with other allowed blocks.
  public ClientSettings allowing(List<Cidr> blocks) {
    return with(blocks, inFlightPerHost, waitingPerHost, maxHeaderBytes);
  }

  /// The same with other places at each host.
  public ClientSettings withInFlightPerHost(int places) {
    return with(allowed, places, waitingPerHost, maxHeaderBytes);
  }

  /// The same with another bound of those that wait for a place at a host.
  public ClientSettings withWaitingPerHost(int waiting) {
    return with(allowed, inFlightPerHost, waiting, maxHeaderBytes);
  }

  /// The same with another bound of an answer's head.
  public ClientSettings withMaxHeaderBytes(int bytes) {
    return with(allowed, inFlightPerHost, waitingPerHost, bytes);
  }

  private ClientSettings with(List<Cidr> blocks, int places, int waiting, int headerBytes) {
    return new ClientSettings(
        blocks, places, waiting, connectTimeout, keepAlive, headerBytes, authorities);
  }
}
