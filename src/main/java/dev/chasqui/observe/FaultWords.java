package dev.chasqui.observe;

/// Puts a fault into a few words for the status of a loop. The message of an exception can quote
/// what it stumbled over, a phone number say, so the words are its kind and where in our code it
/// arose.
public final class FaultWords {

  private static final String OURS = "dev.chasqui.";

  private FaultWords() {}

  /// Its kind, and where in our code it arose.
  public static String words(Throwable fault) {
    String kind = fault.getClass().getSimpleName();
    for (StackTraceElement frame : fault.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        return kind + " at " + frame.getFileName() + ":" + frame.getLineNumber();
      }
    }
    return kind;
  }
}
