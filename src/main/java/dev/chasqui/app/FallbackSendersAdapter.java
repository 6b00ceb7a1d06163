package dev.chasqui.app;

import dev.chasqui.api.turn.TurnCaller;
import dev.chasqui.api.turn.TurnGate;
import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.LoginCheck;
import dev.chasqui.http.server.Response;
import dev.chasqui.ingress.FallbackSenders;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells the ingress of the fallback channels that operators set.
final class FallbackSendersAdapter implements FallbackSenders {

  private final Foundations base;
  private final TurnGate tokens;

  FallbackSendersAdapter(Foundations base, TurnGate tokens) {
    this.base = base;
    this.tokens = tokens;
  }

  @Override
  public @Nullable Bridge ofUuid(String uuid) {
    FallbackChannel channel = base.fallbacks().ofUuid(uuid);
    return channel == null ? null : bridge(channel.workspace(), channel.phoneNumberId());
  }

  @Override
  public Bearer ofToken(Headers headers) {
    try {
      TurnCaller caller = tokens.caller(headers);
      return new Bearer.Known(bridge(caller.workspace(), caller.phoneNumberId()));
    } catch (TurnGate.Refused e) {
      return new Bearer.Refused(e.answer());
    }
  }

  @Override
  public boolean isOfWrongToken(Response answer) {
    return LoginCheck.isChallenge(answer) || TurnGate.isOfWrongToken(answer);
  }

  /// The uuid is a credential, so the events are recorded with the number's id instead.
  private Bridge bridge(WorkspaceId workspace, String phoneNumberId) {
    Optional<PhoneNumber> number = base.directory().phoneNumber(workspace, phoneNumberId);
    SourceChannel channel =
        new SourceChannel(
            phoneNumberId,
            phoneNumberId,
            number.map(PhoneNumber::wabaId).orElse(null),
            number.map(PhoneNumber::displayPhoneNumber).orElse(null));
    return new Bridge(workspace, channel, secrets(workspace, phoneNumberId));
  }

  private List<String> secrets(WorkspaceId workspace, String phoneNumberId) {
    Instant now = base.clock().instant();
    return base.fallbacks().fallbackChannel(workspace, phoneNumberId).stream()
        .flatMap(it -> it.secrets().stream())
        .filter(it -> it.isActive(now))
        .map(Credential::value)
        .toList();
  }
}
