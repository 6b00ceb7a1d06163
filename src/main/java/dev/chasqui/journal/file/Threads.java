package dev.chasqui.journal.file;

/// Waiting for a thread's end.
final class Threads {

  private Threads() {}

  /// Waits until the thread has ended, keeping an interrupt for later; at once if it is the
  /// caller's own.
  static void join(Thread thread) {
    boolean wasInterrupted = false;
    while (thread.isAlive() && !thread.equals(Thread.currentThread())) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
