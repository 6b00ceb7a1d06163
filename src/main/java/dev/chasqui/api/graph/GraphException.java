package dev.chasqui.api.graph;

/// Ends a call with Graph's error envelope. Clients are told apart by the code; the HTTP status
/// follows Meta's published table.
final class GraphException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  private GraphException(Kind kind, String message) {
    super("(#" + kind.code + ") " + message, null, false, false);
    this.kind = kind;
  }

  /// A parameter is missing or wrong, or the call is not possible now.
  static GraphException parameter(String message) {
    return new GraphException(Kind.PARAMETER, message);
  }

  /// There is no token, or none that is known.
  static GraphException token(String message) {
    return new GraphException(Kind.TOKEN, message);
  }

  /// The token may not do this, or the object is another workspace's.
  static GraphException permission() {
    return new GraphException(Kind.PERMISSION, "Permissions error");
  }

  /// The object is not known.
  static GraphException unknown(String what, String id) {
    return new GraphException(Kind.UNKNOWN, "The " + what + " " + id + " does not exist here");
  }

  /// The callback did not pass its handshake.
  static GraphException verification(String failure) {
    return new GraphException(
        Kind.VERIFICATION, "Callback verification failed with the following errors: " + failure);
  }

  /// The store does not answer just now.
  static GraphException temporary() {
    return new GraphException(Kind.TEMPORARY, "Service temporarily unavailable");
  }

  Kind kind() {
    return kind;
  }

  /// The kinds of errors, with code, HTTP status and type.
  enum Kind {
    TEMPORARY(2, 500, "GraphMethodException"),
    PARAMETER(100, 400, "OAuthException"),
    TOKEN(190, 401, "OAuthException"),
    PERMISSION(200, 403, "OAuthException"),
    UNKNOWN(803, 404, "GraphMethodException"),
    VERIFICATION(2200, 400, "OAuthException");

    private final int code;
    private final int status;
    private final String type;

    Kind(int code, int status, String type) {
      this.code = code;
      this.status = status;
      this.type = type;
    }

    int code() {
      return code;
    }

    int status() {
      return status;
    }

    String type() {
      return type;
    }
  }
}
