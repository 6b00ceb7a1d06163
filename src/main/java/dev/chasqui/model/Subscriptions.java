package dev.chasqui.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words that endpoints of a dialect may subscribe to.
///
/// @param words all there are, in the order in which they are told; none if endpoints of the
///   dialect choose by their filters alone
/// @param defaults what an endpoint has that names none; if there are any, an endpoint must have at
///   least one word
/// @param deprecated former names of words, taken for what they are called now
public record Subscriptions(
    List<String> words, Set<String> defaults, Map<String, String> deprecated) {

  /// No words: endpoints choose by their filters.
  public static final Subscriptions NONE = new Subscriptions(List.of(), Set.of(), Map.of());

  public Subscriptions {
    words = List.copyOf(words);
    defaults = Set.copyOf(defaults);
    deprecated = Map.copyOf(deprecated);
  }

  /// Why an endpoint cannot have a word, empty if it can.
  public Optional<String> objection(String word) {
    if (words.contains(current(word))) {
      return Optional.empty();
    }
    return Optional.of(
        words.isEmpty()
            ? "this dialect has no subscriptions; use filters"
            : "must be one of " + String.join(", ", words));
  }

  /// The present name of a subscription; the word itself if it is that name, or unknown.
  public String current(String word) {
    return deprecated.getOrDefault(word, word);
  }

  /// Whether an endpoint must have at least one word.
  public boolean isOneNeeded() {
    return !defaults.isEmpty();
  }
}
