package dev.chasqui.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private final AddressGuard guard = new AddressGuard(List.of());

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, a loopback address",
    "127.255.255.254, a loopback address",
    "10.1.2.3, a private address",
    "172.16.0.1, a private address",
    "172.31.255.255, a private address",
    "192.168.1.1, a private address",
    "169.254.169.254, a link-local address",
    "168.63.129.16, a metadata address",
    "100.64.0.1, a carrier's private address",
    "100.100.100.200, a carrier's private address",
    "0.0.0.0, an unspecified address",
    "192.0.0.1, a reserved address",
    "192.0.2.1, a documentation address",
    "198.51.100.7, a documentation address",
    "203.0.113.7, a documentation address",
    "192.88.99.1, a 6to4 relay",
    "198.19.255.255, a benchmarking address",
    "224.0.0.1, a multicast address",
    "239.255.255.255, a multicast address",
    "240.0.0.1, a reserved address",
    "255.255.255.255, a reserved address",
    "::1, a loopback address",
    "::, an unspecified address",
    "fc00::1, a private address",
    "fd00:ec2::254, a private address",
    "fe80::1, a link-local address",
    "fec0::1, a site-local address",
    "ff02::1, a multicast address",
    "2001:db8::1, a documentation address",
    "3fff:1::1, a documentation address",
    "2001:2::1, a benchmarking address",
    "2001:10::1, a reserved address",
    "100::1, a reserved address",
    "4000::1, a reserved address",
    "::ffff:127.0.0.1, a loopback address",
    "::ffff:7f00:1, a loopback address",
    "::127.0.0.1, a reserved address",
    "::8.8.8.8, a reserved address",
    "64:ff9b::127.0.0.1, an IPv6 form of a loopback address",
    "64:ff9b::a00:1, an IPv6 form of a private address",
    "64:ff9b:1::8.8.8.8, a local translation address",
    "2002:7f00:1::1, an IPv6 form of a loopback address",
    "2002:c0a8:101::, an IPv6 form of a private address",
    "2001:0:7f00:1:0:0:f7f7:f7f7, an IPv6 form of a loopback address",
    "2001:0:808:808:0:0:80ff:fffe, an IPv6 form of a loopback address",
    "2a00:1450::5efe:10.0.0.1, an IPv6 form of a private address",
    "2a00:1450::200:5efe:7f00:1, an IPv6 form of a loopback address",
  })
  void refusesWhatIsNotPublic(String address, String what) {
    assertThat(guard.objection(InetAddress.ofLiteral(address))).hasValue(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2a00:1450:4001::200e",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
      })
  void allowsPublicAddresses(String address) {
    assertThat(guard.objection(InetAddress.ofLiteral(address))).isEmpty();
  }

  @Test
  void allowsWhatTheOperatorAllowsAndNoMore() {
    AddressGuard opened = new AddressGuard(Cidr.parseList("127.0.0.0/8, fd00::/8"));

    assertThat(opened.objection(InetAddress.ofLiteral("127.0.0.1"))).isEmpty();
    assertThat(opened.objection(InetAddress.ofLiteral("fd00::1"))).isEmpty();
    assertThat(opened.objection(InetAddress.ofLiteral("10.0.0.1"))).isPresent();
    assertThat(opened.objection(InetAddress.ofLiteral("fc00::1"))).isPresent();
    assertThat(opened.objection(InetAddress.ofLiteral("64:ff9b::7f00:1"))).isPresent();
  }
}
