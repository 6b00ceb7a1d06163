package dev.chasqui.api.operator;

import dev.chasqui.http.server.Header;
import dev.chasqui.model.Bytes;
import java.util.List;

/// Reads what came in, as it came in; `app` leads it to the journal.
@FunctionalInterface
public interface RawEvents {

  /// Reads the webhook at a journal position.
  Raw read(long position);

  /// What is left of it.
  sealed interface Raw {

    /// All of it.
    ///
    /// @param headers in the order received, names as received
    /// @param query the raw query without `?`, empty if none
    /// @param body the raw bytes, exactly as received
    record Kept(List<Header> headers, String query, Bytes body) implements Raw {
      public Kept {
        headers = List.copyOf(headers);
      }
    }

    /// Nothing: retention has deleted it.
    record Deleted() implements Raw {}
  }
}
