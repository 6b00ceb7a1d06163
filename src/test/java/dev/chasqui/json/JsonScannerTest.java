package dev.chasqui.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "12.50",
        "1e9",
        "-1.5E-3",
        "\"\"",
        "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\\u00e4\"",
        "\"äöü €  😀 and more than eight bytes\"",
        "[1,[2,[3,{\"a\":[]}]],{}]",
        "\t{ \"a\" : { \"b\" : [ null , \"x\" ] } }\r\n",
        "\"lone \\ud83d surrogate\""
      })
  void passesOverEveryDocument(String document) {
    JsonScanner scanner = new JsonScanner(Bytes.utf8(document));
    scanner.skip();
    scanner.end();
    assertThat(scanner.position()).isEqualTo(Bytes.utf8(document).length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{]",
        "[}",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "{} {}",
        "[] x",
        "\"a\"\"b\"",
        "{\"a\":1 \"b\":2}",
        "// {}"
      })
  void refusesWhatIsNoDocument(String document) {
    assertMalformed(document.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "tru",
        "nul",
        "True",
        "NaN",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"tab\there\"",
        "\"line\nbreak and much more\"",
        "{}\u0000"
      })
  void refusesWhatIsNoValue(String document) {
    assertMalformed(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    assertMalformed('"', 0x80, '"');
    assertMalformed('"', 0xC0, 0xAF, '"');
    assertMalformed('"', 0xC3, '"');
    assertMalformed('"', 0xE0, 0x9F, 0xBF, '"');
    assertMalformed('"', 0xED, 0xA0, 0x80, '"');
    assertMalformed('"', 0xF0, 0x8F, 0xBF, 0xBF, '"');
    assertMalformed('"', 0xF4, 0x90, 0x80, 0x80, '"');
    assertMalformed('"', 0xF5, 0x80, 0x80, 0x80, '"');
    assertMalformed('"', 0xFF, '"');
  }

  @Test
  void refusesOtherEncodings() {
    assertMalformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16));
    assertMalformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
    assertMalformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE));
    assertMalformed("{\"a\":1}".getBytes(StandardCharsets.UTF_32LE));
  }

  @Test
  void everyBeginningOfADocumentIsMalformed() {
    byte[] document =
        "{\"a\":[1.5e3,true,null,\"x\\u00e4ä\"],\"b\":{}}".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < document.length; length++) {
      Bytes part = Bytes.of(document, 0, length);
      assertThatThrownBy(() -> passOver(part))
          .as("first %d bytes", length)
          .isInstanceOf(MalformedJsonException.class);
    }
  }

  @Test
  void findsWhatEndsAStringAtAnyDistance() {
    for (int length = 0; length < 40; length++) {
      String text = "x".repeat(length);
      assertThat(new JsonScanner(Bytes.utf8("\"" + text + "\"")).text()).isEqualTo(text);
      assertMalformed(("\"" + text + "\u0001\"").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void countsPositionsInBytesFromTheStartOfTheView() {
    byte[] array = "xxx{\"ä\":\"€\",\"b\":[1, 22 ]}yyy".getBytes(StandardCharsets.UTF_8);
    Bytes view = Bytes.of(array, 3, array.length - 6);
    JsonScanner scanner = new JsonScanner(view);
    List<Range> ranges = new ArrayList<>();
    scanner.beginObject();
    while (scanner.nextMember()) {
      ranges.add(scanner.skipped());
    }
    scanner.end();
    assertThat(ranges)
        .extracting(range -> range.of(view).toUtf8())
        .containsExactly("\"€\"", "[1, 22 ]");
    assertThat(ranges.getFirst().from()).isEqualTo(6);
  }

  @Test
  void passesOverAByteOrderMarkAndCountsIt() {
    Bytes document = Bytes.utf8("\uFEFF{\"a\":7}");
    JsonScanner scanner = new JsonScanner(document);
    scanner.beginObject();
    assertThat(scanner.nextMember()).isTrue();
    Range value = scanner.skipped();
    assertThat(value.from()).isEqualTo(8);
    assertThat(value.of(document).toUtf8()).isEqualTo("7");
  }

  @Test
  void decodesNamesAndValues() {
    JsonScanner scanner =
        new JsonScanner(Bytes.utf8("{\"\\u0061\\nb\":\"\\u00e4\\t\\ud83d\\ude00é\",\"id\":-12.5}"));
    scanner.beginObject();
    scanner.nextMember();
    assertThat(scanner.name()).isEqualTo("a\nb");
    assertThat(scanner.nameIs(JsonName.of("a\nb"))).isTrue();
    assertThat(scanner.nameIs(JsonName.of("b"))).isFalse();
    assertThat(scanner.text()).isEqualTo("ä\t😀é");
    scanner.nextMember();
    assertThat(scanner.nameIs(JsonName.of("id"))).isTrue();
    assertThat(scanner.nameIs(JsonName.of("ix"))).isFalse();
    assertThat(scanner.scalar()).isEqualTo("-12.5");
    assertThat(scanner.nextMember()).isFalse();
  }

  @Test
  void tellsKindsAndPassesWhatIsNoText() {
    JsonScanner scanner = new JsonScanner(Bytes.utf8("[{},[],\"\",1,true,null]"));
    List<Kind> kinds = new ArrayList<>();
    scanner.beginArray();
    while (scanner.nextElement()) {
      kinds.add(scanner.peek());
      String text = scanner.text();
      assertThat(text == null).isEqualTo(kinds.getLast() != Kind.TEXT);
    }
    assertThat(kinds).containsExactly(Kind.values());
  }

  @Test
  void nestsToItsLimitAndNoDeeper() {
    passOver(Bytes.utf8(nested(JsonScanner.MAX_DEPTH)));
    assertMalformed(nested(JsonScanner.MAX_DEPTH + 1).getBytes(StandardCharsets.UTF_8));
    assertMalformed("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    assertMalformed("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsWhereItStopped() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> passOver(Bytes.utf8("{\"a\": ?}")))
        .matches(e -> e.position() == 6)
        .withMessageContaining("at byte 6");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 320})
  void objectsAndArraysCloseAsTheyWereOpenedAtEveryDepth(int pairs) {
    String open = "[{\"a\":".repeat(pairs);
    String close = "}]".repeat(pairs);

    passOver(Bytes.utf8(open + "1" + close));
    passOver(Bytes.utf8("[" + open + "1" + close + "," + open + "2" + close + "]"));
    assertMalformed((open + "1" + "]}".repeat(pairs)).getBytes(StandardCharsets.UTF_8));
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "1" + "]".repeat(depth);
  }

  private static void assertMalformed(int... document) {
    byte[] bytes = new byte[document.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) document[i];
    }
    assertMalformed(bytes);
  }

  private static void assertMalformed(byte[] document) {
    assertThatThrownBy(() -> passOver(Bytes.of(document)))
        .isInstanceOf(MalformedJsonException.class);
  }

  private static void passOver(Bytes document) {
    JsonScanner scanner = new JsonScanner(document);
    scanner.skip();
    scanner.end();
  }
}
