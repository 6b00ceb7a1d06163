package dev.chasqui.ingress;

import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.LoginCheck;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bridges of fallback channels as the ingress knows them; read on every request, so it must
/// answer from memory.
public interface FallbackSenders {

  /// Without any bridge: every token is refused with 404.
  FallbackSenders NONE =
      new FallbackSenders() {
        @Override
        public @Nullable Bridge ofUuid(String uuid) {
          return null;
        }

        @Override
        public Bearer ofToken(Headers headers) {
          return new Bearer.Refused(WebhookAnswers.error(404, "no_such_channel"));
        }
      };

  /// The bridge of the channel that a uuid names now, null if there is none.
  @Nullable Bridge ofUuid(String uuid);

  /// The bridge that a token belongs to.
  Bearer ofToken(Headers headers);

  /// True if the answer says that the token is wrong.
  default boolean isOfWrongToken(Response answer) {
    return LoginCheck.isChallenge(answer);
  }

  /// The bridge of one fallback channel.
  ///
  /// @param channel the phone number; its id is no secret
  /// @param secrets the secrets that its signatures may be made with now, empty if it does not
  ///   sign; never printed
  record Bridge(WorkspaceId workspace, SourceChannel channel, List<String> secrets) {
    public Bridge {
      secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
      return "Bridge[" + workspace + " " + channel.id() + "]";
    }
  }

  /// The result of looking a token up.
  sealed interface Bearer {

    record Known(Bridge bridge) implements Bearer {}

    /// The token is missing, unknown or guessed at.
    ///
    /// @param answer the answer to send
    record Refused(Response answer) implements Bearer {}
  }
}
