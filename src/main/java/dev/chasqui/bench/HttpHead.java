package dev.chasqui.bench;

import java.nio.charset.StandardCharsets;

/// The little of HTTP/1.1 that generator and receiver must understand: where a message ends, by its
/// `Content-Length`, and an answer's status.
final class HttpHead {

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private HttpHead() {}

  /// How long the message at the buffer's start is, head and body; -1 if its head is not complete.
  /// A message without `Content-Length` has no body.
  static int messageLength(byte[] buffer, int filled) {
    int bodyFrom = endOfHead(buffer, filled);
    return bodyFrom < 0 ? -1 : bodyFrom + contentLength(buffer, bodyFrom);
  }

  /// Where the body begins, -1 if the head is not complete.
  static int endOfHead(byte[] buffer, int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  static int status(byte[] buffer) {
    int hundreds = buffer[STATUS_AT] - '0';
    int tens = buffer[STATUS_AT + 1] - '0';
    return hundreds * 100 + tens * 10 + buffer[STATUS_AT + 2] - '0';
  }

  private static int contentLength(byte[] buffer, int end) {
    for (int i = 1; i + LENGTH.length < end; i++) {
      if (buffer[i - 1] == '\n' && isLength(buffer, i)) {
        return number(buffer, i + LENGTH.length);
      }
    }
    return 0;
  }

  private static boolean isLength(byte[] buffer, int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      int lower = buffer[at + i] | 0x20;
      if (lower != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] buffer, int from) {
    int at = from;
    while (buffer[at] == ' ') {
      at++;
    }
    int number = 0;
    for (; buffer[at] >= '0' && buffer[at] <= '9'; at++) {
      number = number * 10 + buffer[at] - '0';
    }
    return number;
  }
}
