package dev.chasqui.json;

import dev.chasqui.model.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON trees for the APIs: bodies in, answers out. Webhooks on their way through are not read with
/// this but with [JsonScanner], which keeps their bytes.
public final class Json {

  /// How deep a tree may nest.
  public static final int MAX_DEPTH = 100;

  /// How long a document may be that is read as a tree.
  public static final int MAX_BYTES = 8 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_BYTES)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  /// Reads one document.
  ///
  /// @throws MalformedJsonException if the bytes are no JSON, hold a name twice in one object, or
  ///   pass a bound of this class
  public static JsonNode read(Bytes bytes) {
    if (bytes.length() > MAX_BYTES) {
      throw new MalformedJsonException("the document is too long", MAX_BYTES);
    }
    try {
      JsonNode node = MAPPER.readTree(bytes.array(), bytes.offset(), bytes.length());
      if (node == null || node.isMissingNode()) {
        throw new MalformedJsonException("the document ends early", 0);
      }
      return node;
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      long position = location == null ? 0 : Math.max(0, location.getByteOffset());
      throw new MalformedJsonException("not a JSON document", (int) position);
    }
  }

  /// An empty object to be filled.
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// An empty array to be filled.
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The tree as compact UTF-8.
  public static Bytes bytes(JsonNode node) {
    return Bytes.of(MAPPER.writeValueAsBytes(node));
  }

  /// The tree as compact text.
  public static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }
}
