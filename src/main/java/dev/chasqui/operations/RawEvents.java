package dev.chasqui.operations;

import dev.chasqui.model.Bytes;
import dev.chasqui.store.EventRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what came in, as it came in; `app` leads it to the journal.
@FunctionalInterface
public interface RawEvents {

  /// Reads the webhook of an event.
  Raw read(EventRow event);

  /// What is left of it.
  sealed interface Raw {

    /// All of it.
    ///
    /// @param headers in the order received, names as received
    /// @param query the raw query without `?`, empty if none
    /// @param body the raw bytes, exactly as received
    /// @param reading what was made of it
    record Kept(List<Header> headers, String query, Bytes body, Reading reading) implements Raw {
      public Kept {
        headers = List.copyOf(headers);
      }
    }

    /// One header field as it was spelled.
    record Header(String name, String value) {}

    /// What the gateway made of a webhook.
    ///
    /// @param authentication the way of proving who it is that passed, null if none did
    /// @param envelope Meta's envelope: the body itself, or what it was translated into; null if it
    ///   is no webhook
    /// @param lacksSecret whether it was rejected because no secret was set
    record Reading(
        @Nullable String authentication, @Nullable Bytes envelope, boolean lacksSecret) {}

    /// Nothing: retention has deleted it.
    record Deleted() implements Raw {}
  }
}
