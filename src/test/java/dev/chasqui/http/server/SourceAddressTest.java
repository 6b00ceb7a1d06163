package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressTest {

  private final SourceAddress sources = new SourceAddress(Cidr.parseList("10.0.0.0/8,fd00::/8"));

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, 9.9.9.9, 1.1.1.1",
    "10.0.0.1, '', 10.0.0.1",
    "10.0.0.1, 9.9.9.9, 9.9.9.9",
    "10.0.0.1, '8.8.8.8, 9.9.9.9', 9.9.9.9",
    "10.0.0.1, '9.9.9.9, 10.0.0.2', 9.9.9.9",
    "10.0.0.1, '9.9.9.9|10.0.0.2', 9.9.9.9",
    "10.0.0.1, '10.0.0.3,10.0.0.2', 10.0.0.3",
    "10.0.0.1, '9.9.9.9, unknown', 10.0.0.1",
    "fd00::1, 2a00::1, 2a00:0:0:0:0:0:0:1",
  })
  void believesTrustedProxiesOnly(String peer, String forwarded, String expected) {
    Headers headers =
        Headers.of(
            Arrays.stream(forwarded.split("\\|"))
                .map(value -> new Header("x-forwarded-for", value))
                .toList());

    assertThat(sources.of(InetAddress.ofLiteral(peer), headers).getHostAddress())
        .isEqualTo(expected);
  }
}
