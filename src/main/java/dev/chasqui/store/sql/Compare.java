package dev.chasqui.store.sql;

import java.util.Arrays;
import java.util.Comparator;

/// The order of binary ids in the databases: byte by byte, unsigned.
final class Compare {

  static final Comparator<byte[]> UNSIGNED = Arrays::compareUnsigned;

  private Compare() {}

  static byte[] smaller(byte[] a, byte[] b) {
    return UNSIGNED.compare(a, b) <= 0 ? a : b;
  }
}
