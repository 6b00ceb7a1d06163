package dev.chasqui.app;

import java.util.ArrayList;
import java.util.List;

/// Closes one part after the other: what fails is remembered, and the rest is closed all the same.
final class Closing {

  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private final List<String> failures = new ArrayList<>();

  /// Something that may fail.
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  void step(String name, Step step) {
    try {
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add(name + ": interrupted");
    } catch (Exception e) {
      failures.add(name + ": " + e);
    }
  }

  void report() {
    for (String failure : failures) {
      LOG.log(System.Logger.Level.WARNING, "while stopping: " + failure);
    }
  }
}
