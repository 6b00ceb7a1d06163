package dev.chasqui.model;

import java.net.InetAddress;
import java.util.List;

/// A block of IPv4 or IPv6 addresses, such as `10.0.0.0/8` or `fc00::/7`.
///
/// @param network its first address; the bits behind the prefix are zero
/// @param prefixLength how many leading bits all its addresses share
public record Cidr(InetAddress network, int prefixLength) {

  public Cidr {
    int bits = network.getAddress().length * Byte.SIZE;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException("prefix length outside 0 to " + bits);
    }
    if (!isZeroBehind(network.getAddress(), prefixLength)) {
      throw new IllegalArgumentException(
          "bits are set behind the prefix: " + network.getHostAddress() + "/" + prefixLength);
    }
  }

  /// Reads `address/length`; an address alone is a block of one.
  ///
  /// @throws IllegalArgumentException if the text is no such block
  public static Cidr parse(String text) {
    String trimmed = text.strip();
    int slash = trimmed.indexOf('/');
    InetAddress network = InetAddress.ofLiteral(slash < 0 ? trimmed : trimmed.substring(0, slash));
    int bits = network.getAddress().length * Byte.SIZE;
    return new Cidr(network, slash < 0 ? bits : length(trimmed.substring(slash + 1)));
  }

  /// Reads blocks between commas; an empty text is none.
  ///
  /// @throws IllegalArgumentException if one of them is no block
  public static List<Cidr> parseList(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    return List.of(text.split(",")).stream().map(Cidr::parse).toList();
  }

  /// Whether the address is one of the block's. An address of the other family never is.
  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    return mine.length == other.length && samePrefix(mine, other);
  }

  private boolean samePrefix(byte[] mine, byte[] other) {
    int whole = prefixLength / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != other[i]) {
        return false;
      }
    }
    int rest = prefixLength % Byte.SIZE;
    return rest == 0 || ((mine[whole] ^ other[whole]) & 0xFF) >>> (Byte.SIZE - rest) == 0;
  }

  private static boolean isZeroBehind(byte[] address, int prefixLength) {
    for (int bit = prefixLength; bit < address.length * Byte.SIZE; bit++) {
      if ((address[bit / Byte.SIZE] & 0x80 >>> bit % Byte.SIZE) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int length(String digits) {
    if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(Cidr::isDigit)) {
      throw new IllegalArgumentException("not a prefix length: " + digits);
    }
    return Integer.parseInt(digits);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixLength;
  }
}
