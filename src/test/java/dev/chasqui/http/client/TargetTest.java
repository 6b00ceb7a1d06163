package dev.chasqui.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "https://example.org, true, example.org, 443, /",
    "HTTP://Example.ORG:8080/Path?q=1#f, false, example.org, 8080, /Path?q=1",
    "http://example.org?q, false, example.org, 80, /?q",
    "http://my_service:1/, false, my_service, 1, /",
    "http://xn--mnchen-3ya.de/, false, xn--mnchen-3ya.de, 80, /",
    "http://1.2.3.4/a/../b, false, 1.2.3.4, 80, /a/../b",
    "https://[2001:db8::1]:65535/, true, 2001:db8::1, 65535, /",
    "https://Example.org./, true, example.org, 443, /",
  })
  void readsPlainUrls(String text, boolean tls, String host, int port, String path) {
    assertThat(Target.parse(URI.create(text)))
        .isInstanceOfSatisfying(
            Target.Url.class,
            url -> {
              assertThat(url.tls()).isEqualTo(tls);
              assertThat(url.host()).isEqualTo(host);
              assertThat(url.port()).isEqualTo(port);
              assertThat(url.path()).isEqualTo(path);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "file:///etc/passwd",
        "//example.org/",
        "/path",
        "http:opaque",
        "http:///path",
        "http://:80/",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://example.org:99999999999/",
        "http://example.org:/",
        "http://example.org../",
        "http://./",
        "http://127.0.0.1./",
        "http://2130706433./",
        "http://a..org/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.256/",
        "http://1.2.3.4.5/",
        "http://a.1/",
        "http://a.0x1/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://[1.2.3.4]/",
      })
  void refusesEverythingElse(String text) {
    assertThat(parse(text)).isInstanceOf(Target.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://exam ple.org/",
        "http://-a.org/",
        "http://example.org/a\u0000b",
        "http://example.org/\r\nHost: a",
        "http://b\u00fccher.example/",
        "http://example.org/\u20ac",
      })
  void refusesCharactersThatDoNotBelong(String text) {
    assertThat(TargetParser.parse(text)).isInstanceOf(Target.Bad.class);
  }

  @Test
  void refusesLongUrls() {
    assertThat(parse("http://example.org/" + "a".repeat(2 << 20))).isInstanceOf(Target.Bad.class);
    assertThat(parse("http://" + "a.".repeat(200) + "org/")).isInstanceOf(Target.Bad.class);
  }

  @Test
  void doesNotRepeatTheUrlInItsObjection() {
    assertThat(parse("http://user:secret@example.org/"))
        .isEqualTo(new Target.Bad("the URL has a user name or password"));
  }

  /// What `java.net.URI` refuses never reaches the parser by way of a [URI], but by none at all.
  private static Target parse(String text) {
    return TargetParser.parse(text);
  }
}
