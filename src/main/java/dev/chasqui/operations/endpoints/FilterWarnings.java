package dev.chasqui.operations.endpoints;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Nearest;
import dev.chasqui.routing.MessageTypes;
import dev.chasqui.routing.WebhookFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Words of an endpoint's filters that nobody knows. They are taken, since Meta may have new ones;
/// but a misspelt one lets nothing through, for ever.
final class FilterWarnings {

  private FilterWarnings() {}

  /// The words that nobody knows.
  static List<EndpointView.Warning> of(Endpoint endpoint) {
    List<EndpointView.Warning> warnings = new ArrayList<>();
    Endpoint.Interest interest = endpoint.interest();
    note(warnings, "filters.fields", interest.fields(), WebhookFields.all());
    note(warnings, "filters.messageTypes", interest.messageTypes(), MessageTypes.NAMES);
    return warnings;
  }

  private static void note(
      List<EndpointView.Warning> warnings, String path, Set<String> words, Set<String> known) {
    for (String word : new TreeSet<>(words)) {
      if (!known.contains(word)) {
        String reason =
            word + " is not known; did you mean " + Nearest.to(word, known) + "? It is taken as is";
        warnings.add(new EndpointView.Warning(path, reason));
      }
    }
  }
}
