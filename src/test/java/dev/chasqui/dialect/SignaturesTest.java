package dev.chasqui.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  private static final SigningKey KEY = SigningKey.of("chasqui-app-secret");
  private static final Bytes BODY = Bytes.utf8("{}");
  private static final String DIGITS =
      "24465fa859f99b41d747a484331e7b923cd45b1296659c5545f7af19b4c20156";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          secret|test|0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914
          app-secret|{"object":"whatsapp_business_account","entry":[],"t":"\\u00e4\\u00f6\\u00e5"}|48b943cd101bbe03b9670d08fd16637be93efb037f9ed83cc96fe0044b9c4cb1
          app-secret|{"object":"whatsapp_business_account","entry":[],"t":"äöå"}|82e37b379a90983c3b4a05aaa4967c31029aeefd7caa2344b9f3883b3b90575f
          chasqui-app-secret|``|c6a3d22b3ea2e54712cebd1d5360c225ef9722203efb82b64f3d01cd753f0c9d
          chasqui-app-secret|{}|24465fa859f99b41d747a484331e7b923cd45b1296659c5545f7af19b4c20156
          chasqui-app-secret|{"a":"😀"}|3d45d1b68dd4ef366c249e6042dffef13a2d3748603d1df620e5470f01fe6e03
          chasqui-app-secret|{"a":"\\ud83d\\ude00"}|a95c0aaaef0be1213757edd0b61b1de8876e34439e858e39cfc82e214e03a8be
          chasqui-app-secret|{"u":"a\\/b@c"}|dd03381fd9fba7b20c475f0851cc48dcbc275c83c62b7d717dbbe5d1f427b166
          chasqui-app-secret|{"u":"a/b@c"}|cb2400e2e3b264fb213870ab922f07a44cbf020fbfd8190b1bc3a588b7dc006b
          """)
  void signsTheExactBytes(String secret, String body, String digits) {
    Bytes bytes = Bytes.utf8(body);
    SigningKey key = SigningKey.of(secret);
    assertThat(Signatures.sign(key, bytes)).isEqualTo("sha256=" + digits);
    assertThat(Signatures.verify(List.of(key), bytes, "sha256=" + digits)).isTrue();
  }

  @Test
  void aByteOrderMarkIsPartOfWhatIsSigned() {
    assertThat(Signatures.sign(KEY, Bytes.utf8("\uFEFF{}")))
        .isEqualTo("sha256=20639503afa4eb78e974e2f3f6ccd307cf37bfa7ebc9aace63fb3a20deb48916");
  }

  @Test
  void signsOnlyTheViewOfTheBytes() {
    Bytes view = Bytes.utf8("xx{}yy").slice(2, 2);
    assertThat(Signatures.sign(KEY, view)).isEqualTo("sha256=" + DIGITS);
  }

  @Test
  void upperCaseDigitsAreTaken() {
    String header = "sha256=" + DIGITS.toUpperCase(Locale.ROOT);
    assertThat(Signatures.verify(List.of(KEY), BODY, header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        DIGITS,
        "sha1=" + DIGITS,
        "SHA256=" + DIGITS,
        "sha256= " + DIGITS,
        " sha256=" + DIGITS,
        "sha256=" + DIGITS + " ",
        "sha256=" + DIGITS + "00",
        "sha256=" + DIGITS + ",sha256=" + DIGITS,
        "sha256=2446",
        "sha256=g4465fa859f99b41d747a484331e7b923cd45b1296659c5545f7af19b4c20156",
        "sha256=٢4465fa859f99b41d747a484331e7b923cd45b1296659c5545f7af19b4c2015",
        "sha256=24465fa859f99b41d747a484331e7b923cd45b1296659c5545f7af19b4c20157"
      })
  void anythingElseIsRefused(String header) {
    assertThat(Signatures.verify(List.of(KEY), BODY, header)).isFalse();
  }

  @Test
  void anyActiveSecretWillDo() {
    SigningKey other = SigningKey.of("another-secret");
    String header = "sha256=" + DIGITS;
    assertThat(Signatures.verify(List.of(other, KEY), BODY, header)).isTrue();
    assertThat(Signatures.verify(List.of(KEY, other), BODY, header)).isTrue();
    assertThat(Signatures.verify(List.of(other), BODY, header)).isFalse();
    assertThat(Signatures.verify(List.of(), BODY, header)).isFalse();
  }

  @Test
  void anEmptySecretIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(""));
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of("  "));
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.ofBytes(new byte[0]));
  }

  @Test
  void aKeyIsNeverPrinted() {
    assertThat(SigningKey.of("visible?").toString()).doesNotContain("visible");
  }

  @Test
  void partsAreSignedAsOne() {
    byte[] whole = KEY.hmac(Bytes.utf8("id.1.body"));
    assertThat(KEY.hmac(Bytes.utf8("id.1."), Bytes.utf8("body"))).isEqualTo(whole);
    assertThat(whole).hasSize(32);
    assertThat(SigningKey.ofBytes("chasqui-app-secret".getBytes(StandardCharsets.UTF_8)).hmac(BODY))
        .isEqualTo(KEY.hmac(BODY));
  }
}
