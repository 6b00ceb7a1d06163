package dev.chasqui.http.server;

import dev.chasqui.model.Bytes;

/// Takes the parts of an answer. For the handler's thread.
public interface BodySink {

  /// Writes a part. Waits while the caller is slower than the writer.
  ///
  /// @throws dev.chasqui.http.BrokenStreamException if the caller is gone, or took nothing for too
  ///   long
  void write(Bytes part) throws InterruptedException;

  /// Waits until all parts are written, and ends the answer.
  ///
  /// @throws IllegalStateException if they are not as many bytes as the head said: then the
  ///   connection is closed
  void end() throws InterruptedException;
}
