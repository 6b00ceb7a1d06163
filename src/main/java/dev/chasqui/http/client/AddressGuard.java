package dev.chasqui.http.client;

import dev.chasqui.model.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Says which addresses a receiver may have: public unicast addresses, and the blocks that the
/// operator allows. Everything that IANA's special-purpose registries
/// (https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 sibling) set aside is
/// refused, and so is every IPv6 form that carries a refused IPv4 address inside.
final class AddressGuard {

  private static final List<Rule> IPV4 =
      List.of(
          rule("127.0.0.0/8", "a loopback address"),
          rule("10.0.0.0/8", "a private address"),
          rule("172.16.0.0/12", "a private address"),
          rule("192.168.0.0/16", "a private address"),
          rule("169.254.0.0/16", "a link-local address"),
          rule("168.63.129.16/32", "a metadata address"),
          rule("100.64.0.0/10", "a carrier's private address"),
          rule("0.0.0.0/8", "an unspecified address"),
          rule("192.0.0.0/24", "a reserved address"),
          rule("192.0.2.0/24", "a documentation address"),
          rule("198.51.100.0/24", "a documentation address"),
          rule("203.0.113.0/24", "a documentation address"),
          rule("192.88.99.0/24", "a 6to4 relay"),
          rule("198.18.0.0/15", "a benchmarking address"),
          rule("224.0.0.0/4", "a multicast address"),
          rule("240.0.0.0/4", "a reserved address"));

  private static final List<Rule> IPV6 =
      List.of(
          rule("::1/128", "a loopback address"),
          rule("::/128", "an unspecified address"),
          rule("fc00::/7", "a private address"),
          rule("fe80::/10", "a link-local address"),
          rule("fec0::/10", "a site-local address"),
          rule("ff00::/8", "a multicast address"),
          rule("64:ff9b:1::/48", "a local translation address"),
          rule("2001:db8::/32", "a documentation address"),
          rule("3fff::/20", "a documentation address"),
          rule("2001:2::/48", "a benchmarking address"),
          rule("2001:10::/28", "a reserved address"),
          rule("2001:20::/28", "a reserved address"));

  private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
  private static final Cidr TEREDO = Cidr.parse("2001::/32");
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

  private final List<Cidr> allowed;

  AddressGuard(List<Cidr> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /// The reason why an address is refused; empty if it is allowed.
  Optional<String> objection(InetAddress address) {
    if (allowed.stream().anyMatch(block -> block.contains(address))) {
      return Optional.empty();
    }
    return address instanceof Inet4Address ? match(IPV4, address) : objectionToIpv6(address);
  }

  private static Optional<String> objectionToIpv6(InetAddress address) {
    Optional<String> special = match(IPV6, address);
    if (special.isPresent()) {
      return special;
    }
    if (!GLOBAL_UNICAST.contains(address) && !NAT64.contains(address)) {
      return Optional.of("a reserved address");
    }
    for (InetAddress inside : embedded(address)) {
      Optional<String> objection = match(IPV4, inside);
      if (objection.isPresent()) {
        return Optional.of("an IPv6 form of " + objection.get());
      }
    }
    return Optional.empty();
  }

  /// The IPv4 addresses inside an IPv6 address: RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380
  /// (Teredo: the server's, and the client's with all bits turned), RFC 5214 (ISATAP).
  private static List<InetAddress> embedded(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (NAT64.contains(address)) {
      return List.of(ipv4(bytes, 12, 0));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return List.of(ipv4(bytes, 2, 0));
    }
    if (TEREDO.contains(address)) {
      return List.of(ipv4(bytes, 4, 0), ipv4(bytes, 12, 0xFF));
    }
    return isIsatap(bytes) ? List.of(ipv4(bytes, 12, 0)) : List.of();
  }

  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & 0xFC) == 0
        && bytes[9] == 0
        && bytes[10] == 0x5E
        && (bytes[11] & 0xFF) == 0xFE;
  }

  private static InetAddress ipv4(byte[] bytes, int from, int mask) {
    byte[] four = Arrays.copyOfRange(bytes, from, from + 4);
    for (int i = 0; i < four.length; i++) {
      four[i] ^= (byte) mask;
    }
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static Optional<String> match(List<Rule> rules, InetAddress address) {
    for (Rule rule : rules) {
      if (rule.block.contains(address)) {
        return Optional.of(rule.what);
      }
    }
    return Optional.empty();
  }

  private static Rule rule(String block, String what) {
    return new Rule(Cidr.parse(block), what);
  }

  private record Rule(Cidr block, String what) {}
}
