package dev.chasqui.journal.file;

import java.io.IOException;

/// A write failed, before any fsync: what it may have left can be overwritten.
final class WriteFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  WriteFailedException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
