package dev.chasqui.operations.tokens;

import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Makes the text of a token: `chq_` and 256 random bits.
public final class NewToken {

  private static final String PREFIX = "chq_";
  private static final int BYTES = 32;

  private final RandomGenerator random;
  private final UnaryOperator<String> hash;

  /// @param random must be hard to guess
  /// @param hash how tokens are stored
  public NewToken(RandomGenerator random, UnaryOperator<String> hash) {
    this.random = random;
    this.hash = hash;
  }

  /// A token and what is stored of it.
  record Text(String text, String hash) {
    @Override
    public String toString() {
      return "NewToken";
    }
  }

  Text make() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new Text(text, hash.apply(text));
  }
}
