package dev.chasqui.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an envelope holds, counted when it is received (seed 003, `summary`).
///
/// @param object the envelope's `object`, null if it has none that is text
/// @param entries number of objects in `entry[]`
/// @param changeCount number of objects in all `changes[]`
/// @param topic what it is about
/// @param messageCount objects in `messages[]` of changes of field `messages`
/// @param statusCount objects in `statuses[]` of changes of field `messages`
/// @param contents what else is stored of it
public record Summary(
    @Nullable String object,
    int entries,
    int changeCount,
    Topic topic,
    int messageCount,
    int statusCount,
    Contents contents) {

  /// The parts of a summary that are stored but not answered.
  ///
  /// @param fields the field names of all changes, each once, in order of appearance
  /// @param dashboardTest whether the first entry's id is `"0"`: Meta's dashboard test payload
  public record Contents(List<String> fields, boolean dashboardTest) {

    public static final Contents NONE = new Contents(List.of(), false);

    public Contents {
      fields = List.copyOf(fields);
    }
  }

  /// The summary of a body that is no envelope.
  public static Summary notAnEnvelope(Topic topic, @Nullable String object) {
    return new Summary(object, 0, 0, topic, 0, 0, Contents.NONE);
  }

  /// The field names of all changes, each once.
  public List<String> fields() {
    return contents.fields();
  }
}
