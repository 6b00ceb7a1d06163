package dev.chasqui.http.server;

/// Told what the server does, for counters. Called on event loops: must be quick and never throw.
public interface ServerEvents {

  /// Counts nothing.
  ServerEvents NONE = new ServerEvents() {};

  /// A request was answered.
  ///
  /// @param route the route's method and pattern, or `-` where no route matched
  default void answered(String route, int status) {}

  /// The server refused something before any handler saw it.
  default void refused(Refusal why) {}

  /// Why something was refused.
  enum Refusal {
    /// The process is starting: 503.
    STARTING,
    /// The request is no HTTP/1.x: 400.
    BAD_REQUEST,
    /// A transfer coding or method that is not offered: 501.
    NOT_IMPLEMENTED,
    /// The request has another major version than HTTP/1: 505.
    VERSION_NOT_SUPPORTED,
    /// The body is compressed: 415.
    CONTENT_CODING,
    /// The request line is too long: 414.
    REQUEST_LINE_TOO_LARGE,
    /// The header block is too large: 431.
    HEADERS_TOO_LARGE,
    /// The body is over the route's limit: 413.
    BODY_TOO_LARGE,
    /// The route refused the request for its head, before the body was read.
    REFUSED_BY_HEAD,
    /// The request line and headers took longer than their deadline: 408.
    HEAD_TOO_SLOW,
    /// The body took longer than its deadline: 408.
    BODY_TOO_SLOW,
    /// Too many body bytes are in memory: 503.
    TOO_MANY_BYTES,
    /// The body came slowly, or was one of many of its address, and others needed its room: 503.
    BODY_DISPLACED,
    /// Too many blocking handlers run: 503.
    TOO_MANY_REQUESTS,
    /// The caller of a stream moved nothing for too long, or took too long in all: the connection
    /// is closed.
    STREAM_TOO_SLOW,
    /// Too many streams run: 503.
    TOO_MANY_STREAMS,
    /// Too many connections are open: 503.
    TOO_MANY_CONNECTIONS,
    /// Too many connections of one address are open: 503.
    TOO_MANY_CONNECTIONS_OF_ADDRESS,
    /// All connections are taken, and this one of the address with the most has not asked for
    /// anything yet: 503.
    CONNECTION_DISPLACED
  }
}
