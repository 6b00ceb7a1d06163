package dev.chasqui.api.graph;

/// Ends a call with Graph's error envelope. Clients are told apart by the code; the HTTP status
/// follows Meta's published table.
final class GraphException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String words;

  private GraphException(Kind kind, String words) {
    super("(#" + kind.code + ") " + words, null, false, false);
    this.kind = kind;
    this.words = words;
  }

  /// A parameter is missing or wrong, or the call is not possible now.
  static GraphException parameter(String message) {
    return new GraphException(Kind.PARAMETER, message);
  }

  /// There is no token, or none that is known.
  static GraphException token(String message) {
    return new GraphException(Kind.TOKEN, message);
  }

  /// The application's secret is wrong.
  static GraphException secret() {
    return new GraphException(Kind.SECRET, "Error validating client secret.");
  }

  /// The token may not do this, or the object is another workspace's.
  static GraphException permission() {
    return new GraphException(Kind.PERMISSION, "Permissions error");
  }

  /// The object is not known.
  static GraphException unknown(String what, String id) {
    return new GraphException(Kind.UNKNOWN, "The " + what + " " + id + " is not known here");
  }

  /// The object takes no such call.
  static GraphException unsupported(String message) {
    return new GraphException(Kind.UNSUPPORTED, message);
  }

  /// There is nothing under the path.
  static GraphException path(String message) {
    return new GraphException(Kind.PATH, message);
  }

  /// The callback did not pass its handshake.
  static GraphException verification(String failure) {
    return new GraphException(
        Kind.VERIFICATION, "Callback verification failed with the following errors: " + failure);
  }

  /// The store does not answer just now.
  static GraphException temporary() {
    return temporary("the store does not answer");
  }

  /// It cannot be done just now.
  static GraphException temporary(String why) {
    return new GraphException(Kind.TEMPORARY, "Service temporarily unavailable: " + why);
  }

  Kind kind() {
    return kind;
  }

  /// The message, without the code.
  String words() {
    return words;
  }

  /// The kinds of errors, with code, subcode (0 where Meta has none), HTTP status and type.
  enum Kind {
    TEMPORARY(2, 0, 500, "GraphMethodException"),
    RATE(4, 2_446_079, 429, "OAuthException"),
    PARAMETER(100, 0, 400, "OAuthException"),
    UNSUPPORTED(100, 33, 400, "GraphMethodException"),
    TOKEN(190, 467, 401, "OAuthException"),
    SECRET(1, 0, 400, "OAuthException"),
    PERMISSION(200, 1_349_174, 403, "OAuthException"),
    UNKNOWN(803, 33, 404, "GraphMethodException"),
    VERIFICATION(2200, 0, 400, "OAuthException"),
    PATH(2500, 0, 404, "OAuthException"),
    INTERNAL(1, 0, 500, "OAuthException");

    private final int code;
    private final int subcode;
    private final int status;
    private final String type;

    Kind(int code, int subcode, int status, String type) {
      this.code = code;
      this.subcode = subcode;
      this.status = status;
      this.type = type;
    }

    /// The kind of an error of which only the status is known.
    static Kind ofStatus(int status) {
      return switch (status) {
        case 401 -> TOKEN;
        case 403 -> PERMISSION;
        case 404 -> PATH;
        case 405 -> UNSUPPORTED;
        case 408, 502, 503, 504 -> TEMPORARY;
        case 429 -> RATE;
        case 501, 505 -> PARAMETER;
        default -> status < 500 ? PARAMETER : INTERNAL;
      };
    }

    int code() {
      return code;
    }

    int subcode() {
      return subcode;
    }

    int status() {
      return status;
    }

    String type() {
      return type;
    }

    /// Whether the caller's credential is wrong.
    boolean isOfCredential() {
      return this == TOKEN || this == SECRET;
    }

    /// Whether the same call may succeed in a moment.
    boolean isPassing() {
      return this == TEMPORARY || this == RATE;
    }
  }
}
