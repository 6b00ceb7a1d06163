package dev.chasqui.http.server;

import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/// An answer. The server adds `Content-Length` and `Connection`.
///
/// @param status 200 to 599
/// @param headers written in this order, as spelled
public record Response(int status, List<Header> headers, Bytes body) {

  private static final List<Header> JSON = contentType("application/json");
  private static final List<Header> PROBLEM = contentType("application/problem+json");
  private static final List<Header> TEXT = contentType("text/plain; charset=utf-8");

  public Response {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("not a final status: " + status);
    }
    headers = List.copyOf(headers);
  }

  /// A status with no body.
  public static Response empty(int status) {
    return new Response(status, List.of(), Bytes.EMPTY);
  }

  public static Response json(int status, Bytes document) {
    return new Response(status, JSON, document);
  }

  public static Response text(int status, String text) {
    return new Response(status, TEXT, Bytes.utf8(text));
  }

  /// A document of any media type.
  public static Response of(int status, String mediaType, Bytes body) {
    return new Response(status, contentType(mediaType), body);
  }

  /// An RFC 9457 problem document.
  public static Response problem(ProblemException problem) {
    return new Response(problem.status(), PROBLEM, ProblemJson.write(problem));
  }

  /// The same with one more header.
  public Response with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Response(status, more, body);
  }

  private static List<Header> contentType(String mediaType) {
    return List.of(new Header("Content-Type", mediaType));
  }
}
