package dev.chasqui.http.server;

/// The parts of a request that are known when it is refused.
///
/// @param path as it is compared, empty if it was not read
record RequestLine(String method, String path) {

  static final RequestLine UNREAD = new RequestLine("", "");
}
