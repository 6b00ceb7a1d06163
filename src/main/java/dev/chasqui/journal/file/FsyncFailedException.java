package dev.chasqui.journal.file;

import java.io.IOException;

/// An fsync failed: what was written since the last good one may or may not be on disk, and asking
/// again would not tell.
final class FsyncFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  FsyncFailedException(IOException cause) {
    super("fsync failed: " + cause.getMessage(), cause);
  }
}
