package dev.chasqui.messaging;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Via;
import org.jspecify.annotations.Nullable;

/// What a client is to be told of a message that it gave us. Whatever was or may have been sent is
/// in the journal when this is returned.
public sealed interface SendAnswer {

  /// The other side took it.
  ///
  /// @param submission what the request is called here
  /// @param messageId the id that statuses will name
  /// @param input whom the client named, as it wrote it
  /// @param contact who that is, by upstream's word; over the fallback channel as the client wrote
  /// @param answer the other side's answer, JSON; upstream's own bytes, but for an answer that was
  ///   never seen and is made up of what a status told later
  /// @param repeated whether this was answered before and nothing was sent now
  record Accepted(
      EventId submission,
      String messageId,
      String input,
      Participant contact,
      Via via,
      Bytes answer,
      boolean repeated)
      implements SendAnswer {}

  /// Upstream refused it; it was not sent.
  ///
  /// @param status upstream's HTTP status
  /// @param retryAfter upstream's `Retry-After`, null if it gave none
  /// @param answer upstream's answer, exactly; empty unless it is a JSON object with an `error`
  /// @param repeated whether this was answered before and nothing was sent now
  record Refused(
      EventId submission,
      int status,
      Fault fault,
      @Nullable String retryAfter,
      Bytes answer,
      boolean repeated)
      implements SendAnswer {}

  /// Nobody knows whether the other side took it. It is not sent again; the first status that names
  /// it tells.
  ///
  /// @param why one line without personal data
  /// @param repeated whether this was answered before and nothing was sent now
  record Unknown(EventId submission, String why, boolean repeated) implements SendAnswer {}

  /// The fallback channel did not take it; nothing is recorded as sent.
  ///
  /// @param reason one line without personal data
  /// @param mayHaveArrived whether the bridge may have it all the same: its answer never came
  record FallbackFailed(String reason, boolean mayHaveArrived) implements SendAnswer {}

  /// The client's `Idempotency-Key` stands for another request.
  record Conflict(Clash clash) implements SendAnswer {}

  /// Nothing was sent and nothing was recorded as sent: the same request may be made again.
  ///
  /// @param reason one line without personal data
  /// @param retryAfterSeconds when to try again
  record Unavailable(Cause cause, String reason, int retryAfterSeconds) implements SendAnswer {}

  /// An error in Graph's words.
  ///
  /// @param code the platform's code, 0 if the answer holds none
  /// @param title what it is called
  /// @param type Graph's `type`, null if it gave none
  /// @param details more words, null if there are none
  /// @param trace Graph's `fbtrace_id`, null if it gave none
  record Fault(
      long code,
      String title,
      @Nullable String type,
      @Nullable String details,
      @Nullable String trace) {}

  /// Why a key cannot be used for a request.
  enum Clash {
    /// It was used with another body.
    OTHER_REQUEST,
    /// The first request with it has not been answered yet.
    IN_FLIGHT
  }

  /// Why nothing was sent.
  enum Cause {
    /// The journal takes nothing: what is sent could not be recorded.
    JOURNAL,
    /// Upstream was not reached.
    UPSTREAM,
    /// Too much is under way.
    BUSY,
    /// The workspace has no `meta-access-token`.
    NO_ACCESS_TOKEN,
    /// The number has no fallback channel.
    NO_FALLBACK_CHANNEL
  }
}
