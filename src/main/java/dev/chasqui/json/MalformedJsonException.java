package dev.chasqui.json;

/// Bytes that are no JSON document. Thrown often and by design (anyone can post anything), so it
/// carries no stack trace.
public final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int position;

  /// @param position the offset of the first byte that does not fit
  public MalformedJsonException(String reason, int position) {
    super(reason + " at byte " + position, null, false, false);
    this.position = position;
  }

  /// The offset of the first byte that does not fit, from the start of the scanned bytes.
  public int position() {
    return position;
  }
}
