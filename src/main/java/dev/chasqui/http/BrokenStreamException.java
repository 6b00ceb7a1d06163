package dev.chasqui.http;

/// A body, or an answer that is written in parts, did not reach its end.
public final class BrokenStreamException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Fault fault;

  public BrokenStreamException(Fault fault) {
    super(fault.words);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /// Why a stream breaks; a closed list.
  public enum Fault {
    /// More came than its limit.
    TOO_LARGE("the body is over its limit"),
    /// The other side moved nothing for too long.
    TOO_SLOW("nothing moved for too long"),
    /// The deadline for all of it passed.
    LATE("the deadline passed"),
    /// The other side ended the connection.
    GONE("the connection ended too early"),
    /// We ended it ourselves.
    CLOSED("it was given up");

    private final String words;

    Fault(String words) {
      this.words = words;
    }
  }
}
