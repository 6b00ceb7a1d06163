package dev.chasqui.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// What limits per source address count by: one IPv4 address, or the /64 that one IPv6 customer has
/// to himself.
///
/// @param first the first address of the block
public record AddressBlock(InetAddress first) {

  private static final int IPV6_CUSTOMER_BYTES = 8;

  /// The block that an address is in.
  public static AddressBlock of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return new AddressBlock(address);
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, IPV6_CUSTOMER_BYTES, bytes.length, (byte) 0);
    try {
      return new AddressBlock(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }
}
