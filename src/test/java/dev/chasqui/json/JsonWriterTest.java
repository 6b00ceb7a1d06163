package dev.chasqui.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void writesCompactJsonWithRawPartsUntouched() {
    Bytes written =
        new JsonWriter(16)
            .beginObject()
            .name("a")
            .text("x\"\\\n\u0001ä😀")
            .name("list")
            .beginArray()
            .number(-1)
            .flag(true)
            .text(null)
            .beginObject()
            .endObject()
            .raw(Bytes.utf8("{ \"kept\" : 1.0 }"))
            .endArray()
            .member("left out", null)
            .member("b", "c")
            .endObject()
            .bytes();
    assertThat(written.toUtf8())
        .isEqualTo(
            "{\"a\":\"x\\\"\\\\\\u000a\\u0001ä😀\","
                + "\"list\":[-1,true,null,{},{ \"kept\" : 1.0 }],\"b\":\"c\"}");
    assertThat(Json.read(written).get("a").stringValue()).isEqualTo("x\"\\\n\u0001ä😀");
  }

  @Test
  void everyCharacterComesBackAsItWas() {
    for (char c = 0; c < 0x100; c++) {
      String text = "a" + c;

      Bytes alone = new JsonWriter(16).text("" + c).bytes();
      Bytes named = new JsonWriter(16).beginObject().name(text).text(text).endObject().bytes();

      assertThat(Json.read(alone).stringValue()).as("U+%04x", (int) c).isEqualTo("" + c);
      assertThat(Json.read(named).get(text).stringValue()).isEqualTo(text);
    }
    assertThat(new JsonWriter(16).text("").bytes().toUtf8()).isEqualTo("\"\"");
  }

  @Test
  void treesAreWrittenCompact() {
    assertThat(Json.bytes(Json.object().put("a", 1).set("b", Json.array().add("c"))).toUtf8())
        .isEqualTo("{\"a\":1,\"b\":[\"c\"]}");
    assertThat(Json.text(Json.array())).isEqualTo("[]");
  }

  @Test
  void compactLeavesOutTheSpaceBetweenTokensAndNothingElse() {
    Bytes loose =
        Bytes.utf8(" {\t\"a b\" :\r\n[ 1.50 , \"x \\\" , y\\\\\" , \"ä\" ], \"c\" : { } } ");
    JsonWriter json = new JsonWriter(8).beginArray().compact(loose).compact(Bytes.utf8("7"));
    assertThat(json.endArray().bytes().toUtf8())
        .isEqualTo("[{\"a b\":[1.50,\"x \\\" , y\\\\\",\"ä\"],\"c\":{}},7]");
  }
}
