package dev.chasqui.api.graph;

import dev.chasqui.json.Json;
import dev.chasqui.routing.WebhookFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;

/// Lists of webhook fields, as clients write and read them. An empty set stands for all.
final class FieldList {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /// Told where a call names no version.
  private static final String USUAL_VERSION = "v24.0";

  private FieldList() {}

  /// The fields that a parameter names: a list, or names with commas between; none if it is absent.
  ///
  /// @throws GraphException 100 if one is no name of a field
  static Set<String> of(GraphParameters parameters, String name) {
    List<String> names = parameters.texts(name);
    for (String field : names) {
      if (!NAME.matcher(field).matches()) {
        throw GraphException.parameter("Param " + name + " has a word that is no field's name");
      }
    }
    return new LinkedHashSet<>(names);
  }

  /// What is left of a list when some are taken off. Of all fields those that are documented stay.
  static Set<String> without(Set<String> fields, Set<String> takenOff) {
    Set<String> left = new TreeSet<>(fields.isEmpty() ? WebhookFields.all() : fields);
    left.removeAll(takenOff);
    return left;
  }

  /// The list as Graph tells it, each with the version that the call names.
  static ArrayNode told(Set<String> fields, GraphCall call) {
    String version = call.version() == null ? USUAL_VERSION : call.version();
    ArrayNode told = Json.array();
    Set<String> names = fields.isEmpty() ? WebhookFields.all() : new TreeSet<>(fields);
    names.forEach(it -> told.addObject().put("name", it).put("version", version));
    return told;
  }
}
