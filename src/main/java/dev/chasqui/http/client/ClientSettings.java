package dev.chasqui.http.client;

import dev.chasqui.model.Cidr;
import dev.chasqui.model.Tls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// How requests are sent.
///
/// @param allowed blocks that receivers may have beside public addresses (`CHASQUI_OUTBOUND_ALLOW`)
/// @param connectTimeout how long a connection may take, if the request's deadline is not nearer
/// @param keepAlive how long an idle connection is kept; less than receivers keep theirs, 5 s often
/// @param maxHeaderBytes the largest head of an answer that is read
/// @param tls certificates for all requests
public record ClientSettings(
    List<Cidr> allowed,
    PerHost perHost,
    Duration connectTimeout,
    Duration keepAlive,
    int maxHeaderBytes,
    Names names,
    Tls tls) {

  /// Public addresses only, 256 in flight and 1,024 waiting per host, 5 s to connect, 4 s idle,
  /// heads of 64 KiB, the system's name servers.
  public static final ClientSettings DEFAULT =
      new ClientSettings(
          List.of(),
          new PerHost(256, 1024),
          Duration.ofSeconds(5),
          Duration.ofSeconds(4),
          64 << 10,
          new Names(List.of(), Duration.ofHours(24), 1024),
          Tls.NONE);

  /// Every server of the field takes so much.
  public static final int MIN_HEADER_BYTES = 8 << 10;

  public ClientSettings {
    allowed = List.copyOf(allowed);
    if (maxHeaderBytes < MIN_HEADER_BYTES) {
      throw new IllegalArgumentException("an answer's head has at least 8 KiB");
    }
    if (connectTimeout.toMillis() < 1 || keepAlive.toSeconds() < 1) {
      throw new IllegalArgumentException("a time-out is too short");
    }
  }

  /// Requests to one host and port.
  ///
  /// @param inFlight at a time
  /// @param waiting may wait for one of those; over it the host is busy
  public record PerHost(int inFlight, int waiting) {
    public PerHost {
      if (inFlight < 1 || waiting < 0) {
        throw new IllegalArgumentException("a host takes at least one request at a time");
      }
    }
  }

  /// How host names are resolved.
  ///
  /// @param servers the name servers, empty for the system's
  /// @param stale how long a name goes on to have its last addresses if no server answers
  /// @param questions names that are asked for at a time
  public record Names(List<InetSocketAddress> servers, Duration stale, int questions) {
    public Names {
      servers = List.copyOf(servers);
      if (questions < 1) {
        throw new IllegalArgumentException("at least one name is asked for at a time");
      }
    }
  }

  /// The same with other allowed blocks.
  public ClientSettings allowing(List<Cidr> blocks) {
    return new ClientSettings(
        blocks, perHost, connectTimeout, keepAlive, maxHeaderBytes, names, tls);
  }

  /// The same with other bounds of requests to one host.
  public ClientSettings withPerHost(int inFlight, int waiting) {
    return new ClientSettings(
        allowed,
        new PerHost(inFlight, waiting),
        connectTimeout,
        keepAlive,
        maxHeaderBytes,
        names,
        tls);
  }

  /// The same with another bound of an answer's head.
  public ClientSettings withMaxHeaderBytes(int bytes) {
    return new ClientSettings(allowed, perHost, connectTimeout, keepAlive, bytes, names, tls);
  }

  /// The same with another way to resolve names.
  public ClientSettings withNames(Names other) {
    return new ClientSettings(
        allowed, perHost, connectTimeout, keepAlive, maxHeaderBytes, other, tls);
  }

  /// The same with certificates for all requests.
  public ClientSettings withTls(Tls other) {
    return new ClientSettings(
        allowed, perHost, connectTimeout, keepAlive, maxHeaderBytes, names, other);
  }
}
