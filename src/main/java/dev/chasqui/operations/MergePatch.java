package dev.chasqui.operations;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Merge Patch (RFC 7396): objects are merged, null takes a member out, all else replaces.
public final class MergePatch {

  private MergePatch() {}

  public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
    ObjectNode merged = target.deepCopy();
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      if (change.getValue().isNull()) {
        merged.remove(change.getKey());
      } else {
        merged.set(change.getKey(), merged(merged.path(change.getKey()), change.getValue()));
      }
    }
    return merged;
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    return apply(target instanceof ObjectNode old ? old : changes.objectNode(), changes);
  }
}
