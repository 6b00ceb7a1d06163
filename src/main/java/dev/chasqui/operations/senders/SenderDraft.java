package dev.chasqui.operations.senders;

import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.SourceAccount.Access;
import dev.chasqui.model.SourceAccount.Admission;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.shape.Digits;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.InQuery;
import dev.chasqui.operations.shape.Items;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.Secret;
import dev.chasqui.operations.shape.Within;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sender other than Meta, as it is to be. A secret that is left out stays as it was; all else is
/// replaced.
final class SenderDraft {

  private SenderDraft() {}

  /// What there is.
  ///
  /// @param old the sender as it was
  /// @param known what is known of its phone number
  record Context(
      WorkspaceId workspace,
      Optional<SourceAccount> old,
      Optional<PhoneNumber> known,
      Instant now) {}

  /// A channel of Turn.
  record Turn(
      String id,
      @InQuery
          @Within(min = "PT0S", max = "P30D")
          @Doc(value = "For how long a former secret stays valid.", example = "PT24H")
          @Nullable Duration overlap,
      @Digits @Doc("The phone number whose webhooks it sends.") String phoneNumberId,
      @Digits @Doc("Its account; what is known of the number without it.") @Nullable String wabaId,
      @Length(40) @Nullable String displayPhoneNumber,
      @Secret @Doc("What its webhooks are signed with; required for a new one.")
          @Nullable String secret) {

    SourceAccount account(Context context) {
      List<SourceAccount.Secret> secrets = renewed(context, secret, overlap);
      return new SourceAccount(
          context.workspace(),
          DialectName.TURN,
          channel(context, id, phoneNumberId, wabaId, displayPhoneNumber),
          new Access(secrets, null, null, null, null),
          Admission.SIGNED);
    }
  }

  /// An account of Exotel.
  record Exotel(
      String id,
      @InQuery
          @Within(min = "PT0S", max = "P30D")
          @Doc(value = "For how long a former secret stays valid.", example = "PT24H")
          @Nullable Duration overlap,
      @Digits @Nullable String phoneNumberId,
      @Digits @Nullable String wabaId,
      @Length(40) @Nullable String displayPhoneNumber,
      @Secret @Doc("The user of HTTP Basic; required for a new one.") @Nullable String apiKey,
      @Secret @Doc("The password of HTTP Basic; required for a new one.") @Nullable String apiToken,
      @Secret @Doc("What its webhooks are signed with.") @Nullable String signingSecret,
      @Secret @Doc("What stands in the URL as key.") @Nullable String urlKey,
      @Secret @Doc("What its handshake is checked with.") @Nullable String verifyToken,
      @Items(10)
          @Length(100)
          @Doc("The ways of proving who it is, each of which suffices; signature without it.")
          List<AuthenticationMode> authentication,
      @Items(100) @Length(50) @Doc("Addresses or blocks that it posts from.")
          List<String> addresses) {

    SourceAccount account(Context context) {
      Optional<Access> was = context.old().map(SourceAccount::access);
      Access access =
          new Access(
              renewed(context, signingSecret, overlap),
              kept(apiKey, was.map(Access::apiKey)),
              kept(apiToken, was.map(Access::apiToken)),
              kept(urlKey, was.map(Access::urlKey)),
              kept(verifyToken, was.map(Access::verifyToken)));
      List<AuthenticationMode> modes =
          authentication.isEmpty() ? List.of(AuthenticationMode.SIGNATURE) : authentication;
      return new SourceAccount(
          context.workspace(),
          DialectName.EXOTEL,
          channel(context, id, phoneNumberId, wabaId, displayPhoneNumber),
          access,
          new Admission(modes, addresses));
    }

    void check(Optional<Access> was, Faults faults) {
      String key = kept(apiKey, was.map(Access::apiKey));
      if (key == null) {
        faults.add("apiKey", "is required");
      } else if (key.indexOf(':') >= 0) {
        faults.add("apiKey", "must not have a colon, since it is the user of HTTP Basic");
      }
      if (kept(apiToken, was.map(Access::apiToken)) == null) {
        faults.add("apiToken", "is required");
      }
      for (int i = 0; i < addresses.size(); i++) {
        if (!isBlock(addresses.get(i))) {
          String reason = "must be an address or a block of addresses as 203.0.113.0/24";
          faults.add("addresses[" + i + "]", reason);
        }
      }
      if (needs(Check.URL_KEY) && kept(urlKey, was.map(Access::urlKey)) == null) {
        faults.add("urlKey", "is required for the authentication url-key");
      }
      if (needs(Check.ADDRESS) && addresses.isEmpty()) {
        faults.add("addresses", "are required for the authentication address");
      }
    }

    private boolean needs(Check check) {
      return authentication.stream().anyMatch(it -> it.uses(check));
    }
  }

  private static boolean isBlock(String text) {
    try {
      var _ = Cidr.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable String kept(@Nullable String given, Optional<String> was) {
    return given == null ? was.orElse(null) : given;
  }

  private static SourceChannel channel(
      Context context,
      String id,
      @Nullable String number,
      @Nullable String waba,
      @Nullable String display) {
    Optional<PhoneNumber> known = context.known();
    return new SourceChannel(
        id,
        number,
        kept(waba, known.map(PhoneNumber::wabaId)),
        kept(display, known.map(PhoneNumber::displayPhoneNumber)));
  }

  /// The signing secrets; the former one stays valid beside a new one for the overlap.
  private static List<SourceAccount.Secret> renewed(
      Context context, @Nullable String given, @Nullable Duration overlap) {
    List<SourceAccount.Secret> former =
        context.old().map(it -> it.access().secrets()).orElse(List.of());
    boolean isSame = !former.isEmpty() && former.getFirst().value().equals(given);
    if (given == null || isSame) {
      return former;
    }
    Duration kept = overlap == null ? Overlap.DEFAULT : overlap;
    List<SourceAccount.Secret> secrets = new ArrayList<>(2);
    secrets.add(new SourceAccount.Secret(given, null));
    if (!former.isEmpty() && !kept.isZero()) {
      secrets.add(new SourceAccount.Secret(former.getFirst().value(), context.now().plus(kept)));
    }
    return secrets;
  }
}
