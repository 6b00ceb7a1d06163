package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://b\u00fccher.example/in?a=1, https://xn--bcher-kva.example/in?a=1",
    "HTTP://B\u00dcCHER.example:8443, HTTP://xn--bcher-kva.example:8443",
    "https://\u4f8b\u3048.jp./x, https://xn--r8jz45g.jp./x",
    "https://example.org/in, https://example.org/in",
    "https://my_service/in, https://my_service/in",
    "https://[::1]:8443/in, https://[::1]:8443/in",
  })
  void aNameInLettersIsPutAsDnsKnowsIt(String text, String url) throws URISyntaxException {
    assertThat(Url.parse(text)).hasToString(url);
  }

  @Test
  void lettersInThePathAreLeftAsTheyAre() throws URISyntaxException {
    assertThat(Url.parse("https://b\u00fccher.example/\u00fc"))
        .hasToString("https://xn--bcher-kva.example/\u00fc");
  }

  /// Wide digits and dots become plain ones, so that the check of addresses sees an address.
  @Test
  void addressesInWideDigitsBecomePlainAddresses() throws URISyntaxException {
    assertThat(Url.parse("http://\uff11\uff12\uff17\u30020\uff0e0.1/"))
        .hasToString("http://127.0.0.1/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://good.example\uff0f@evil.example/",
        "http://b\u00fc cher.example/",
        "http://b\u00fc\uff1a80.example/",
        "http://b\u00fc\uff03.example/",
      })
  void marksThatWouldEndAHostAreRefused(String text) {
    assertThatThrownBy(() -> Url.parse(text)).isInstanceOf(URISyntaxException.class);
  }
}
