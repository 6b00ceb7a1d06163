package dev.chasqui.messaging;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.WorkspaceId;

/// The way out over a phone number's fallback channel.
public interface FallbackBridge {

  /// No number has a fallback channel.
  FallbackBridge NONE =
      new FallbackBridge() {
        @Override
        public boolean serves(WorkspaceId workspace, String phoneNumberId) {
          return false;
        }

        @Override
        public Result send(EventId id, Submission submission) {
          return new Result.Failed("the phone number has no fallback channel", false);
        }
      };

  /// Whether a number has a fallback channel. Asked for every message: answered from memory.
  boolean serves(WorkspaceId workspace, String phoneNumberId);

  /// Posts a message to the number's fallback endpoint and waits for its answer.
  ///
  /// @param id the request's id here
  Result send(EventId id, Submission submission) throws InterruptedException;

  /// The result of sending one message over the fallback channel.
  sealed interface Result {

    /// The endpoint took it.
    ///
    /// @param messageId the id that its statuses will name
    /// @param recipient who that is, by all that is known of the contact; [Participant#NONE] if
    ///   only what the client named is known
    /// @param answer its answer, JSON
    record Taken(String messageId, Participant recipient, Bytes answer) implements Result {

      /// To the recipient that the client named.
      public Taken(String messageId, Bytes answer) {
        this(messageId, Participant.NONE, answer);
      }

      Taken to(Participant known) {
        return new Taken(messageId, known, answer);
      }
    }

    /// It did not, as far as is known.
    ///
    /// @param reason one line without personal data, URL or secret
    /// @param mayHaveArrived whether it may have taken it all the same: its answer never came
    record Failed(String reason, boolean mayHaveArrived) implements Result {}
  }
}
