package dev.chasqui.api.media;

import dev.chasqui.http.client.StreamAnswer;
import dev.chasqui.model.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The platform's answer to a call about a file.
public sealed interface MediaAnswer {

  /// It answered with a document.
  ///
  /// @param status of HTTP
  /// @param document an empty object if the answer was none
  /// @param body the answer as it came
  record Told(int status, @Nullable String retryAfter, JsonNode document, Bytes body)
      implements MediaAnswer {

    /// Whether it did what was asked.
    public boolean isDone() {
      return status >= 200 && status < 300;
    }
  }

  /// It answers with the file, which is still to be read. Must be closed.
  ///
  /// @param type its media type
  record Content(StreamAnswer answer, String type) implements MediaAnswer {}

  /// It did not answer.
  ///
  /// @param isLate whether it may still be at it
  /// @param why for people, without secrets
  record Silent(boolean isLate, String why) implements MediaAnswer {}
}
