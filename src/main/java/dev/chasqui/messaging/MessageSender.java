package dev.chasqui.messaging;

/// Sends messages; see [SendMessage#send].
@FunctionalInterface
public interface MessageSender {

  /// Sends a message that was checked once, and tells what came of it.
  SendAnswer send(Submission submission) throws InterruptedException;
}
