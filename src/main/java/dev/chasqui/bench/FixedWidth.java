package dev.chasqui.bench;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/// Numbers of fixed width in a text of bytes, so that the next text is made by writing over the
/// last one. For one thread.
final class FixedWidth {

  private final byte[] bytes;
  private final int digits;
  private final int[] places;

  /// @param bytes the text; every occurrence of the placeholder is a place for the number
  FixedWidth(byte[] bytes, String placeholder) {
    this.bytes = bytes;
    this.digits = placeholder.length();
    String text = new String(bytes, StandardCharsets.US_ASCII);
    this.places =
        IntStream.iterate(
                text.indexOf(placeholder),
                at -> at >= 0,
                at -> text.indexOf(placeholder, at + placeholder.length()))
            .toArray();
  }

  /// Writes the number's last digits to each place.
  void write(long number) {
    for (int place : places) {
      long rest = number;
      for (int i = digits - 1; i >= 0; i--) {
        bytes[place + i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
  }
}
