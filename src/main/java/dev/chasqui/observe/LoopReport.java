package dev.chasqui.observe;

/// What a loop tells of itself where it meets faults and tries again by itself. May be called on
/// any thread.
public interface LoopReport {

  /// For loops that are not watched.
  LoopReport NONE =
      new LoopReport() {
        @Override
        public void waits(String reason) {}

        @Override
        public void goesOn() {}
      };

  /// It cannot go on for now.
  ///
  /// @param reason one line, without personal data and secrets
  void waits(String reason);

  /// It goes on; may be called after each step.
  void goesOn();
}
