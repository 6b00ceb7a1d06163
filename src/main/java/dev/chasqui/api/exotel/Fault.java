package dev.chasqui.api.exotel;

/// Why a call cannot be done. Exotel numbers its errors by hundreds: from 0 authentication, from
/// 100 requests, from 500 its own troubles.
enum Fault {
  UNAUTHORIZED(401, 10, "Unauthorized"),
  TOO_MANY(429, 11, "Too many wrong logins"),
  NOT_FOUND(404, 104, "Not found"),
  MALFORMED(400, 100, "The body is not a JSON object"),
  MISSING(400, 101, "A parameter is missing"),
  INVALID(400, 102, "A parameter is not valid"),
  NOT_VERIFIED(400, 103, "The URL was not verified"),
  BUSY(503, 500, "Not available just now");

  private final int status;
  private final int code;
  private final String message;

  Fault(int status, int code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }

  /// The same for all faults of a kind.
  String message() {
    return message;
  }
}
