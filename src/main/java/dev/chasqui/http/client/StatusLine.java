package dev.chasqui.http.client;

import io.netty.buffer.ByteBuf;

/// Reads the status of an answer off its bytes, ahead of the HTTP codec: the status stands even if
/// the codec refuses what follows it. Interim answers (RFC 9110, 15.2) are passed over.
final class StatusLine {

  private static final String BEGINNING = "HTTP/1.";
  private static final int MINOR = BEGINNING.length();
  private static final int BLANK = MINOR + 1;
  private static final int DIGITS = BLANK + 1;
  private static final int END = DIGITS + 3;
  private static final int SWITCHING_PROTOCOLS = 101;

  private enum Reading {
    LINE,
    INTERIM_HEAD,
    NOTHING
  }

  private Reading reading = Reading.LINE;
  private int position;
  private int code;
  private int status;
  private boolean isLineEmpty;

  /// Another answer begins.
  void reset() {
    reading = Reading.LINE;
    position = 0;
    code = 0;
    status = 0;
  }

  /// The status of the final answer, 0 as long as none was read.
  int status() {
    return status;
  }

  /// Looks at bytes and leaves them as they are.
  void read(ByteBuf bytes) {
    int end = bytes.writerIndex();
    for (int i = bytes.readerIndex(); i < end && reading != Reading.NOTHING; i++) {
      byte next = bytes.getByte(i);
      if (reading == Reading.LINE) {
        readLine(next);
      } else {
        passHead(next);
      }
    }
  }

  private void readLine(byte next) {
    boolean isBlankLineBefore = position == 0 && (next == '\r' || next == '\n');
    if (isBlankLineBefore) {
      return;
    }
    if (position == END) {
      endLine(next);
    } else if (fits(next)) {
      position++;
    } else {
      reading = Reading.NOTHING;
    }
  }

  private boolean fits(byte next) {
    if (position < MINOR) {
      return next == BEGINNING.charAt(position);
    }
    if (position == BLANK) {
      return next == ' ';
    }
    boolean isDigit = next >= '0' && next <= '9';
    if (isDigit && position >= DIGITS) {
      code = code * 10 + next - '0';
    }
    return isDigit;
  }

  private void endLine(byte next) {
    boolean isWhole = next == ' ' || next == '\r' || next == '\n';
    boolean isInterim = code < 200 && code != SWITCHING_PROTOCOLS;
    if (!isWhole || code < 100) {
      reading = Reading.NOTHING;
    } else if (isInterim) {
      reading = Reading.INTERIM_HEAD;
      isLineEmpty = next == '\n';
    } else {
      status = code;
      reading = Reading.NOTHING;
    }
  }

  private void passHead(byte next) {
    if (next == '\n' && isLineEmpty) {
      reset();
    } else if (next == '\n') {
      isLineEmpty = true;
    } else if (next != '\r') {
      isLineEmpty = false;
    }
  }
}
