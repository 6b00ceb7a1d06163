package dev.chasqui.model;

/// The id of a token, written `tok_` and the ULID.
public record TokenId(Ulid ulid) implements Comparable<TokenId> {

  private static final String PREFIX = "tok_";

  /// @throws IllegalArgumentException if the text is not this kind of id
  public static TokenId parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an id of a token begins with " + PREFIX);
    }
    return new TokenId(Ulid.parse(text.substring(PREFIX.length())));
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static TokenId fromBytes(byte[] bytes) {
    return new TokenId(Ulid.fromBytes(bytes));
  }

  /// The 16-byte binary form.
  public byte[] toBytes() {
    return ulid.toBytes();
  }

  @Override
  public int compareTo(TokenId other) {
    return ulid.compareTo(other.ulid);
  }

  @Override
  public String toString() {
    return PREFIX + ulid;
  }
}
