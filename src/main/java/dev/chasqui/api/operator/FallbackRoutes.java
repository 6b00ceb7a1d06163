package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.Outlet;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The fallback channel of a phone number: the bridge to another channel that takes over where
/// WhatsApp fails. Its uuid is all that the bridge's own posts prove themselves with, so it is told
/// to administrators alone.
final class FallbackRoutes {

  private static final String ONE = "/api/v1/phone-numbers/{id}/fallback";
  private static final String DOOR = "/api/whatsapp/";
  private static final int SECRET_BYTES = 32;

  private final FallbackStore fallbacks;
  private final ResourceStore resources;
  private final Parts parts;

  FallbackRoutes(FallbackStore fallbacks, ResourceStore resources, Parts parts) {
    this.fallbacks = fallbacks;
    this.resources = resources;
    this.parts = parts;
  }

  /// What channels are made with.
  ///
  /// @param random where secrets and uuids come from; must be hard to guess
  record Parts(Outlet outlet, ResourceChanged changed, RandomGenerator random, Clock clock) {}

  List<Served> operations() {
    return List.of(
        Served.of("GET", ONE, "Tells a phone number's fallback channel", this::get),
        Served.of("PUT", ONE, "Sets it; a new secret is told once", this::put).with("overlap"),
        Served.of("DELETE", ONE, "Closes it; its contacts get WhatsApp alone", this::delete),
        Served.of("POST", ONE + "/rotate-channel", "Gives it a new uuid", this::rotate));
  }

  private Response get(Call call) {
    return told(own(call), call).response(200);
  }

  private Response put(Call call) throws InterruptedException {
    String number = call.path("id");
    if (!Fields.isDigits(number)) {
      throw ProblemException.badRequest("an id of Meta's has 1 to 32 digits");
    }
    Duration asked = call.query("overlap", Overlap::parse);
    FallbackBody body = FallbackBody.read(call.body(), parts.outlet());
    String secret = body.secret() == null ? newSecret() : body.secret();
    Duration overlap = asked == null ? Overlap.DEFAULT : asked;
    FallbackChannel channel =
        fallbacks.inOneStep(
            () -> {
              resources.inOneStep(() -> learn(call, number));
              FallbackChannel made = made(call.workspace(), number, body, secret, overlap);
              fallbacks.putFallbackChannel(made);
              return made;
            });
    parts.changed().changed();
    Answer answer = told(channel, call);
    boolean isNew = channel.secret().equals(secret);
    return (isNew ? answer.add("secret", secret) : answer).response(200);
  }

  /// @param secret the one that is given, or a fresh one for a channel that has none yet
  private FallbackChannel made(
      WorkspaceId workspace, String number, FallbackBody body, String secret, Duration overlap) {
    Optional<FallbackChannel> old = fallbacks.fallbackChannel(workspace, number);
    boolean isNew = body.secret() != null || old.isEmpty();
    List<Credential> former = old.map(FallbackChannel::secrets).orElse(List.of());
    return new FallbackChannel(
        workspace,
        number,
        body.url(),
        isNew ? renewed(former, secret, overlap) : former,
        body.errorThreshold(),
        body.resendOnSwitch(),
        old.map(FallbackChannel::uuids).orElseGet(() -> List.of(Credential.of(newUuid()))));
  }

  /// A number that has a fallback channel is known from then on.
  private boolean learn(Call call, String number) {
    Optional<PhoneNumber> known =
        resources.phoneNumbers().stream().filter(it -> it.id().equals(number)).findFirst();
    if (known.isEmpty()) {
      resources.putPhoneNumber(new PhoneNumber(call.workspace(), number, null, null));
    } else if (!known.get().workspace().equals(call.workspace())) {
      throw new ProblemException(409, "Conflict", "another workspace has this phone number");
    }
    return known.isEmpty();
  }

  private Response delete(Call call) {
    fallbacks.inOneStep(
        () -> fallbacks.deleteFallbackChannel(call.workspace(), own(call).phoneNumberId()));
    parts.changed().changed();
    return Response.empty(204);
  }

  private Response rotate(Call call) {
    var _ = own(call);
    Fields fields = call.optionalBody();
    Duration overlap = fields.duration("overlap", Duration.ZERO, Overlap.MAX, Overlap.DEFAULT);
    fields.check();
    FallbackChannel rotated = fallbacks.inOneStep(() -> rotated(own(call), overlap));
    parts.changed().changed();
    return told(rotated, call).response(200);
  }

  private FallbackChannel rotated(FallbackChannel old, Duration overlap) {
    FallbackChannel rotated =
        new FallbackChannel(
            old.workspace(),
            old.phoneNumberId(),
            old.url(),
            old.secrets(),
            old.errorThreshold(),
            old.resendOnSwitch(),
            renewed(old.uuids(), newUuid(), overlap));
    fallbacks.putFallbackChannel(rotated);
    return rotated;
  }

  private FallbackChannel own(Call call) {
    return fallbacks.fallbackChannel(call.workspace(), call.path("id")).orElseThrow(Call::notFound);
  }

  /// The new value, and the one before it for as long as the overlap lasts. One that was replaced
  /// earlier ends at once.
  private List<Credential> renewed(List<Credential> former, String value, Duration overlap) {
    List<Credential> both = new ArrayList<>(2);
    both.add(Credential.of(value));
    boolean isOther = !former.isEmpty() && !former.getFirst().value().equals(value);
    if (isOther && !overlap.isZero()) {
      Instant until = parts.clock().instant().plus(overlap);
      both.add(new Credential(former.getFirst().value(), until));
    }
    return both;
  }

  private Answer told(FallbackChannel channel, Call call) {
    boolean mayKnow = call.caller().kind() == Caller.Kind.ADMIN;
    String uuid = mayKnow ? channel.channelUuid() : "***";
    Instant now = parts.clock().instant();
    return new Answer()
        .add("phoneNumberId", channel.phoneNumberId())
        .text("workspace", channel.workspace())
        .text("url", channel.url())
        .add("errorThreshold", channel.errorThreshold())
        .add("resendOnSwitch", channel.resendOnSwitch())
        .add("channelUuid", uuid)
        .add("path", DOOR + uuid)
        .time("formerChannelValidUntil", end(channel.formerUuid(now)))
        .add("secrets", channel.formerSecret(now).isPresent() ? 2L : 1L)
        .time("formerSecretValidUntil", end(channel.formerSecret(now)));
  }

  private static @Nullable Instant end(Optional<Credential> former) {
    return former.map(Credential::until).orElse(null);
  }

  private String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    parts.random().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// A random uuid, of version 4: 122 bits that nobody can guess.
  private String newUuid() {
    long high = (parts.random().nextLong() & ~0xF000L) | 0x4000L;
    long low = (parts.random().nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
