package dev.chasqui.http.server;

import dev.chasqui.model.Cidr;
import java.time.Duration;
import java.util.List;

/// How a listener listens.
///
/// @param host the address to bind
/// @param port 0 takes a free one
/// @param trustedProxies whose `X-Forwarded-For` is believed
/// @param streams exchanges at work whose body or answer goes piece by piece; over it 503
public record ServerSettings(
    String host,
    int port,
    Limits limits,
    Deadlines deadlines,
    List<Cidr> trustedProxies,
    int streams) {

  /// 64; each holds up to half a mebibyte.
  public static final int DEFAULT_STREAMS = 64;

  /// Settings with [#DEFAULT_STREAMS].
  public ServerSettings(
      String host, int port, Limits limits, Deadlines deadlines, List<Cidr> trustedProxies) {
    this(host, port, limits, deadlines, trustedProxies, DEFAULT_STREAMS);
  }

  public ServerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no such port: " + port);
    }
    if (streams < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
    trustedProxies = List.copyOf(trustedProxies);
  }

  /// The defaults on an address.
  public static ServerSettings on(String host, int port) {
    return new ServerSettings(host, port, Limits.DEFAULT, Deadlines.DEFAULT, List.of());
  }

  /// The limits of a listener.
  ///
  /// @param requestLineBytes the request line; over it 414
  /// @param headerBytes the header block; over it 431
  /// @param connections open connections; over it 503
  /// @param blockingRequests blocking handlers at work; over it 503
  /// @param bodyBytesInFlight bodies in memory whose requests are not answered; over it 503
  /// @param shares the shares of one address and of requests that are not authenticated
  /// @param answerBytes large answers in memory that their callers have not read yet; over it 503
  public record Limits(
      int requestLineBytes,
      int headerBytes,
      int connections,
      int blockingRequests,
      long bodyBytesInFlight,
      Shares shares,
      long answerBytes) {

    private static final long DEFAULT_ANSWER_BYTES = 32L << 20;

    /// 8 KiB, 16 KiB, 20,000 connections, 512 requests, 64 MiB, [Shares#DEFAULT], 32 MiB.
    public static final Limits DEFAULT =
        new Limits(8 << 10, 16 << 10, 20_000, 512, 64L << 20, Shares.DEFAULT);

    /// Limits with the usual room for answers.
    public Limits(
        int requestLineBytes,
        int headerBytes,
        int connections,
        int blockingRequests,
        long bodyBytesInFlight,
        Shares shares) {
      this(
          requestLineBytes,
          headerBytes,
          connections,
          blockingRequests,
          bodyBytesInFlight,
          shares,
          DEFAULT_ANSWER_BYTES);
    }

    /// Limits under which one address may have everything.
    public Limits(
        int requestLineBytes,
        int headerBytes,
        int connections,
        int blockingRequests,
        long bodyBytesInFlight) {
      this(
          requestLineBytes,
          headerBytes,
          connections,
          blockingRequests,
          bodyBytesInFlight,
          new Shares(connections, bodyBytesInFlight, bodyBytesInFlight));
    }

    public Limits {
      if (requestLineBytes < 1 || headerBytes < 1 || connections < 1 || blockingRequests < 1) {
        throw new IllegalArgumentException("limits are positive");
      }
      if (bodyBytesInFlight < 1 || answerBytes < 1) {
        throw new IllegalArgumentException("limits are positive");
      }
    }
  }

  /// What a part of the callers may have of what a listener holds.
  ///
  /// @param connectionsPerAddress open connections of one address that is no trusted proxy
  /// @param partialBodyBytes bytes of bodies that have not arrived whole, so that no signature of
  ///   theirs can be checked
  /// @param partialBodyBytesPerAddress the same of one address
  public record Shares(
      int connectionsPerAddress, long partialBodyBytes, long partialBodyBytesPerAddress) {

    /// 4,096 connections, 32 MiB, 16 MiB.
    public static final Shares DEFAULT = new Shares(4096, 32L << 20, 16L << 20);

    public Shares {
      if (connectionsPerAddress < 1 || partialBodyBytes < 1 || partialBodyBytesPerAddress < 1) {
        throw new IllegalArgumentException("limits are positive");
      }
    }
  }

  /// How long a listener waits. Each is total, not between two bytes, and kept to the quarter or to
  /// the second, whichever is finer.
  ///
  /// @param head from the first byte of a request to the end of its headers
  /// @param body from the end of the headers to the end of the body
  /// @param idle between two requests of a connection
  public record Deadlines(Duration head, Duration body, Duration idle) {

    public static final Deadlines DEFAULT =
        new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(75));

    public Deadlines {
      if (!head.isPositive() || !body.isPositive() || !idle.isPositive()) {
        throw new IllegalArgumentException("deadlines are positive");
      }
    }
  }
}
