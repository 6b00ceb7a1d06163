package dev.chasqui.messaging;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.TextRule;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The platform's own interface for messages: `POST {upstream}/{version}/{number}/messages`, made
/// with the workspace's access token. One call is one request: it is never repeated by itself.
///
/// Safe for use by many threads.
public final class Upstream {

  /// More than any answer has; what is longer is cut off, and then it is no answer of Graph's.
  private static final int KEEP_BYTES = 16 << 10;

  private final Sender sender;
  private final Function<WorkspaceId, Optional<UpstreamAccess>> access;
  private final MessagingSettings settings;
  private final MessagingEvents events;

  /// @param sender the way to the upstream, which the operator chose; not bound to the addresses
  ///   that receivers may have
  /// @param access the current `meta-access-token` of a workspace
  public Upstream(
      Sender sender,
      Function<WorkspaceId, Optional<UpstreamAccess>> access,
      MessagingSettings settings,
      MessagingEvents events) {
    this.sender = sender;
    this.access = access;
    this.settings = settings;
    this.events = events;
  }

  /// Makes one call and waits for its answer, at most for the deadline.
  ///
  /// @param phoneNumberId digits
  /// @param version as `v24.0`, null for the setting's
  /// @param document what is posted, in the Cloud API's shape
  public UpstreamAnswer post(
      WorkspaceId workspace, String phoneNumberId, @Nullable String version, Bytes document)
      throws InterruptedException {
    Optional<UpstreamAccess> opened = access.apply(workspace);
    if (opened.isEmpty()) {
      return new UpstreamAnswer.Unreached(
          SendAnswer.Cause.NO_ACCESS_TOKEN, "the workspace has no meta-access-token");
    }
    Optional<String> objection = TextRule.tokenObjection(opened.get().token());
    if (objection.isPresent()) {
      return new UpstreamAnswer.Unreached(
          SendAnswer.Cause.NO_ACCESS_TOKEN, "the meta-access-token " + objection.get());
    }
    UpstreamAnswer answer = call(request(phoneNumberId, version, opened.get(), document));
    tell(workspace, answer);
    return answer;
  }

  /// A request that cannot be written as HTTP was not sent.
  private UpstreamAnswer call(Sender.Outbound request) throws InterruptedException {
    SendResult result;
    try {
      result = sender.send(request);
    } catch (IllegalArgumentException e) {
      return new UpstreamAnswer.Unreached(
          SendAnswer.Cause.UPSTREAM, "the request could not be made: " + e.getMessage());
    }
    events.upstreamAnswered(result.took());
    return ReadAnswer.of(result);
  }

  private void tell(WorkspaceId workspace, UpstreamAnswer answer) {
    switch (answer) {
      case UpstreamAnswer.Accepted _, UpstreamAnswer.Done _ -> events.accessTokenTaken(workspace);
      case UpstreamAnswer.Refused refused when Refusals.isOfToken(refused.fault()) ->
          events.accessTokenRefused(workspace);
      case UpstreamAnswer.Refused _, UpstreamAnswer.Unknown _, UpstreamAnswer.Unreached _ -> {}
    }
  }

  private Sender.Outbound request(
      String phoneNumberId, @Nullable String version, UpstreamAccess opened, Bytes document) {
    String used = version == null ? settings.version() : version;
    URI url = opened.address(settings.base() + "/" + used + "/" + phoneNumberId + "/messages");
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + opened.token(),
            "Content-Type",
            "application/json",
            "Accept",
            "application/json",
            "User-Agent",
            settings.userAgent());
    return new Sender.Outbound(
        "POST", url, headers, document, settings.deadline(), KEEP_BYTES, Sender.Repeats.NEVER);
  }
}
