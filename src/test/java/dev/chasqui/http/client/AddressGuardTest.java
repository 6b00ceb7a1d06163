package dev.chasqui.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private final AddressGuard guard = new AddressGuard(List.of());

  @ParameterizedTest
  @CsvFileSource(resources = "/refused-addresses.csv")
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
