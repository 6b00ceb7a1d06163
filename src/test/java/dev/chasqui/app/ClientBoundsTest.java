package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.settings.SettingsException;
import dev.chasqui.settings.SettingsLoader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The settings of the requests that the gateway makes.
class ClientBoundsTest {

  @TempDir private Path folder;

  private static ClientSettings client(String name, String value) {
    return new PackageSettings(new SettingsLoader(Map.of()).flags(Map.of(name, value)).load())
        .client();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 53",
    "127.0.0.1:5353, 127.0.0.1, 5353",
    "2001:db8::1, 2001:db8::1, 53",
    "[2001:db8::1]:5353, 2001:db8::1, 5353",
    "[2001:db8::1], 2001:db8::1, 53",
  })
  void aNameServerIsAnAddressWithAPortOrWithout(String text, String address, int port) {
    assertThat(client("outbound.dns.servers", text).names().servers())
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }

  @ParameterizedTest
  @CsvSource({
    "outbound.dns.servers, dns.example",
    "outbound.dns.servers, 127.0.0.1:x",
    "outbound.maxHeader, 1KiB",
    "outbound.tls.ca, /nonexistent/ca.pem",
  })
  void aValueThatCannotBeUsedStopsTheStartAndNamesItself(String name, String value) {
    assertThatThrownBy(() -> client(name, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(name + ": ");
  }

  @Test
  void theCertificatesOfUpstreamComeBesideThoseOfAllCalls() throws Exception {
    Map<String, String> files =
        Map.of(
            "outbound.tls.ca", write("all"),
            "upstream.tls.ca", write("own"),
            "upstream.tls.certificate", write("certificate"),
            "upstream.tls.key", write("key"));
    TlsFiles tls = new TlsFiles(new SettingsLoader(Map.of()).flags(files).load());

    assertThat(tls.outbound().caPem()).isEqualTo("all");
    assertThat(tls.outbound().certificatePem()).isNull();
    assertThat(tls.upstream().caPem()).isEqualTo("all\nown");
    assertThat(tls.upstream().certificatePem()).isEqualTo("certificate");
    assertThat(tls.upstream().keyPem()).isEqualTo("key");
  }

  private String write(String text) throws Exception {
    return Files.writeString(folder.resolve(text), text).toString();
  }
}
