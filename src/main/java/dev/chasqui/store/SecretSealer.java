package dev.chasqui.store;

/// Seals secrets at rest and opens them again.
public interface SecretSealer {

  /// @param context what the secret belongs to; opening needs the same
  byte[] seal(String plain, String context);

  /// @throws IllegalStateException if the bytes were not sealed with this key and context
  String open(byte[] sealed, String context);
}
