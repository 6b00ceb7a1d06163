package dev.chasqui.http.server;

/// How errors that the server itself makes are told on some paths: no such path or method, a body
/// over its limit, too much at once, a handler that failed. An API with an error document of its
/// own adds one to its [Routes]; elsewhere errors are problem documents.
public interface ErrorShape {

  /// Whether errors on a path are told in this shape.
  ///
  /// @param path as received, without the query
  boolean covers(String path);

  /// The answer to an error; its status is the problem's.
  Response of(ProblemException problem);
}
