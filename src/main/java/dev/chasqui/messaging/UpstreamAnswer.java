package dev.chasqui.messaging;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import org.jspecify.annotations.Nullable;

/// Upstream's answer to one call.
public sealed interface UpstreamAnswer {

  /// It took a message.
  ///
  /// @param contact who upstream says the contact is
  /// @param messageStatus what it says of the message where that is more than `accepted`, else null
  /// @param body its answer, exactly
  record Accepted(String messageId, Participant contact, @Nullable String messageStatus, Bytes body)
      implements UpstreamAnswer {}

  /// It did what it was asked, which was no message: `status: read`, say.
  ///
  /// @param body its answer, exactly
  record Done(Bytes body) implements UpstreamAnswer {}

  /// It refused: nothing was done.
  record Refused(int status, SendAnswer.Fault fault, @Nullable String retryAfter, Bytes body)
      implements UpstreamAnswer {}

  /// It was not reached: nothing was done.
  record Unreached(SendAnswer.Cause cause, String reason) implements UpstreamAnswer {}

  /// Nobody knows whether it was done.
  record Unknown(String why) implements UpstreamAnswer {}
}
