package dev.chasqui.operations.fallback;

import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.MetaId;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Bounds;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.InQuery;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.OmitNull;
import dev.chasqui.operations.shape.Secret;
import dev.chasqui.operations.shape.Within;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import java.net.URI;
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
public final class FallbackOperations {

  private static final String PATH = "/api/whatsapp/";
  private static final int SECRET_BYTES = 32;

  private final FallbackStore fallbacks;
  private final ResourceStore resources;
  private final Parts parts;

  public FallbackOperations(FallbackStore fallbacks, ResourceStore resources, Parts parts) {
    this.fallbacks = fallbacks;
    this.resources = resources;
    this.parts = parts;
  }

  /// What channels are made with.
  ///
  /// @param random where secrets and uuids come from; must be hard to guess
  public record Parts(
      Sender sender, ResourceChanged changed, RandomGenerator random, Clock clock) {}

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("fallback.get", One.class, "Tells a phone number's fallback channel")
            .one(FallbackView.class, (call, one) -> told(own(call, one.id()), call)),
        Operation.changes(
                "fallback.put", Put.class, "Sets the fallback channel; a new secret is told once")
            .checked(this::check)
            .one(FallbackView.class, this::put),
        Operation.changes(
                "fallback.delete",
                One.class,
                "Deletes the fallback channel; its contacts get WhatsApp alone")
            .done(this::delete),
        Operation.changes(
                "fallback.rotate-channel", Rotate.class, "Gives the fallback channel a new uuid")
            .one(FallbackView.class, this::rotate));
  }

  /// The fallback channel of a phone number.
  record One(String id) {}

  /// A fallback channel to be set.
  record Put(
      String id,
      @InQuery
          @Within(min = "PT0S", max = "P30D")
          @Doc(value = "For how long a former secret stays valid.", example = "PT24H")
          @Nullable Duration overlap,
      @Length(2_048) @Doc("Where messages go instead.") URI url,
      @Secret @Doc("What posts to it are signed with; made and told once without it.")
          @Nullable String secret,
      @Bounds(min = 1, max = FallbackChannel.MAX_THRESHOLD)
          @Doc("How many failures in a row switch a contact; 5 without it.")
          @Nullable Integer errorThreshold,
      @Doc("Whether what failed is sent again there when a contact is switched.")
          boolean resendOnSwitch) {}

  /// A new uuid.
  record Rotate(
      String id,
      @Within(min = "PT0S", max = "P30D") @Doc("For how long the former one stays valid.")
          @Nullable Duration overlap) {}

  /// A fallback channel.
  public record FallbackView(
      String phoneNumberId,
      WorkspaceId workspace,
      URI url,
      int errorThreshold,
      boolean resendOnSwitch,
      @Doc("What the bridge's own posts prove themselves with; *** for viewers.")
          String channelUuid,
      @Doc("Where the bridge posts to.") String path,
      @Nullable Instant formerChannelValidUntil,
      @Doc("How many secrets are valid: two during an overlap.") int secrets,
      @Nullable Instant formerSecretValidUntil,
      @Doc("A new secret, told this once.") @OmitNull @Nullable String secret) {

    FallbackView withSecret(String told) {
      return new FallbackView(
          phoneNumberId,
          workspace,
          url,
          errorThreshold,
          resendOnSwitch,
          channelUuid,
          path,
          formerChannelValidUntil,
          secrets,
          formerSecretValidUntil,
          told);
    }
  }

  private void check(Invocation call, Put wanted, Faults faults) throws InterruptedException {
    if (wanted.url() != null) {
      faults.add("url", parts.sender().objection(wanted.url()));
    }
  }

  private FallbackView put(Invocation call, Put wanted) {
    String number = MetaId.checked(wanted.id());
    String secret = wanted.secret() == null ? newSecret() : wanted.secret();
    FallbackChannel channel =
        fallbacks.inOneStep(
            () -> {
              resources.inOneStep(() -> learn(call, number));
              FallbackChannel made = made(call.workspace(), wanted, secret);
              fallbacks.putFallbackChannel(made);
              return made;
            });
    parts.changed().changed();
    FallbackView told = told(channel, call);
    return channel.secret().equals(secret) ? told.withSecret(secret) : told;
  }

  /// @param secret the one that is given, or a fresh one for a channel that has none yet
  private FallbackChannel made(WorkspaceId workspace, Put wanted, String secret) {
    Optional<FallbackChannel> old = fallbacks.fallbackChannel(workspace, wanted.id());
    boolean isNew = wanted.secret() != null || old.isEmpty();
    Integer threshold = wanted.errorThreshold();
    List<Credential> former = old.map(FallbackChannel::secrets).orElse(List.of());
    return new FallbackChannel(
        workspace,
        wanted.id(),
        wanted.url(),
        isNew ? renewed(former, secret, overlap(wanted.overlap())) : former,
        threshold == null ? FallbackChannel.DEFAULT_THRESHOLD : threshold,
        wanted.resendOnSwitch(),
        old.map(FallbackChannel::uuids).orElseGet(() -> List.of(Credential.of(newUuid()))));
  }

  /// A number that has a fallback channel is known from then on.
  private boolean learn(Invocation call, String number) {
    Optional<PhoneNumber> known =
        resources.phoneNumbers().stream().filter(it -> it.id().equals(number)).findFirst();
    if (known.isEmpty()) {
      resources.putPhoneNumber(new PhoneNumber(call.workspace(), number, null, null));
    } else if (!known.get().workspace().equals(call.workspace())) {
      throw Refusal.conflict("another workspace has this phone number");
    }
    return known.isEmpty();
  }

  private static Duration overlap(@Nullable Duration wanted) {
    return wanted == null ? Overlap.DEFAULT : wanted;
  }

  private void delete(Invocation call, One one) {
    fallbacks.inOneStep(
        () ->
            fallbacks.deleteFallbackChannel(call.workspace(), own(call, one.id()).phoneNumberId()));
    parts.changed().changed();
  }

  private FallbackView rotate(Invocation call, Rotate wanted) {
    FallbackChannel rotated =
        fallbacks.inOneStep(() -> rotated(own(call, wanted.id()), overlap(wanted.overlap())));
    parts.changed().changed();
    return told(rotated, call);
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

  private FallbackChannel own(Invocation call, String number) {
    return fallbacks.fallbackChannel(call.workspace(), number).orElseThrow(Refusal::notFound);
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

  private FallbackView told(FallbackChannel channel, Invocation call) {
    boolean mayKnow = call.caller().kind() == Caller.Kind.ADMIN;
    String uuid = mayKnow ? channel.channelUuid() : "***";
    Instant now = parts.clock().instant();
    return new FallbackView(
        channel.phoneNumberId(),
        channel.workspace(),
        channel.url(),
        channel.errorThreshold(),
        channel.resendOnSwitch(),
        uuid,
        PATH + uuid,
        end(channel.formerUuid(now)),
        channel.formerSecret(now).isPresent() ? 2 : 1,
        end(channel.formerSecret(now)),
        null);
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
