package dev.chasqui.sim.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

  /// The second is what Apache Camel sends.
  @ParameterizedTest
  @ValueSource(strings = {"\"messaging_product\"", "\"messaging_product"})
  void aPartIsFoundByItsName(String name) {
    String body =
        "--b\r\nContent-Disposition: form-data; name="
            + name
            + "\r\n\r\nwhatsapp\r\n--b\r\nContent-Disposition: form-data; name=\"file\";"
            + " filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n";
    Map<String, Multipart.Part> parts =
        Multipart.read("multipart/form-data; boundary=b", Bytes.utf8(body));
    assertThat(part(parts, "messaging_product").text()).isEqualTo("whatsapp");
    assertThat(part(parts, "file").fileName()).isEqualTo("a.png");
    assertThat(part(parts, "file").mediaType()).isEqualTo("image/png");
  }

  private static Multipart.Part part(Map<String, Multipart.Part> parts, String name) {
    return Objects.requireNonNull(parts.get(name), name);
  }
}
