package dev.chasqui.journal.file;

import dev.chasqui.journal.Facts;
import dev.chasqui.journal.Journal.Appended;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// A process that appends facts of growing numbers and prints each that was acknowledged, a line
/// each, until it is killed. See [KillIT].
final class AppendUntilKilled {

  private static final int IN_FLIGHT = 64;

  private AppendUntilKilled() {}

  /// @param args the directory, and the first number
  public static void main(String[] args) throws InterruptedException {
    PrintStream out = System.out;
    FileJournal journal = JournalImages.open(Path.of(args[0]));
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (long number = Long.parseLong(args[1]); ; number++) {
      inFlight.acquire();
      long acknowledged = number;
      journal.append(
          Facts.webhook(number),
          result -> {
            if (result instanceof Appended.Durable) {
              out.println(acknowledged);
            }
            inFlight.release();
          });
    }
  }
}
