package dev.chasqui.http.server;

import dev.chasqui.model.Bytes;
import java.net.InetAddress;
import java.util.Map;

/// A request whose body has arrived whole.
///
/// @param method as received; `HEAD` where a GET route answers it
/// @param path without the query; only unreserved characters are percent-decoded
/// @param pathParameters the pattern's `{names}`, percent-decoded
/// @param body exactly the bytes that were sent
/// @param source who sent it: the peer, or what a trusted proxy says
public record Request(
    String method,
    String path,
    Map<String, String> pathParameters,
    Query query,
    Headers headers,
    Bytes body,
    InetAddress source) {

  /// The part of the path that the pattern names.
  ///
  /// @throws IllegalArgumentException if the route's pattern has no such name
  public String parameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return value;
  }
}
