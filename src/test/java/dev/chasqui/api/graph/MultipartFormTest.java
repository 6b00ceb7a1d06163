package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {

  /// The third is what Apache Camel sends, the others are what else clients do.
  @ParameterizedTest
  @ValueSource(strings = {"name=\"type\"", "name=type", "name=\"type", "name=\"type\"; x=1"})
  void aFieldHasItsWholeName(String name) {
    String body = "--b\r\nContent-Disposition: form-data; " + name + "\r\n\r\ntext\r\n--b--\r\n";
    Map<String, Bytes> fields =
        MultipartForm.read("multipart/form-data; boundary=b", Bytes.utf8(body));
    assertThat(fields).containsOnlyKeys("type");
    assertThat(fields.values()).extracting(Bytes::toUtf8).containsExactly("\"text\"");
  }
}
