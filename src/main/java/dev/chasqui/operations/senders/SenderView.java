package dev.chasqui.operations.senders;

import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A sender other than Meta: of its secrets only whether they are set.
public record SenderView(
    String id,
    WorkspaceId workspace,
    @Doc("Where it posts its webhooks to.") String path,
    @Nullable String phoneNumberId,
    @Nullable String wabaId,
    @Nullable String displayPhoneNumber,
    @Doc("How many signing secrets are valid: two during an overlap.") long signingSecrets,
    @Nullable Instant previousValidUntil) {

  static SenderView of(SourceAccount account, Instant now) {
    List<Instant> ends =
        account.access().secrets().stream()
            .map(SourceAccount.Secret::until)
            .filter(Objects::nonNull)
            .filter(it -> it.isAfter(now))
            .toList();
    long active =
        account.access().secrets().stream().filter(it -> it.until() == null).count() + ends.size();
    return new SenderView(
        account.id(),
        account.workspace(),
        "/webhooks/" + account.source().wire() + "/" + account.id(),
        account.channel().phoneNumberId(),
        account.channel().wabaId(),
        account.channel().displayPhoneNumber(),
        active,
        ends.isEmpty() ? null : ends.getFirst());
  }

  /// An Exotel account.
  public record Exotel(
      @Flat SenderView sender,
      boolean hasApiLogin,
      boolean hasUrlKey,
      boolean hasVerifyToken,
      @Doc("The ways of proving who it is; each of them suffices.") List<String> authentication,
      @Doc("The addresses that it posts from.") List<String> addresses,
      @Doc("What of it proves little.") List<String> warnings) {

    static Exotel of(SourceAccount account, Instant now) {
      return new Exotel(
          SenderView.of(account, now),
          account.access().apiToken() != null,
          account.access().urlKey() != null,
          account.access().verifyToken() != null,
          account.admission().modes().stream().map(AuthenticationMode::text).toList(),
          account.admission().addresses(),
          warningsOf(account));
    }

    private static List<String> warningsOf(SourceAccount account) {
      List<String> warnings = new ArrayList<>();
      for (AuthenticationMode mode : account.admission().modes()) {
        boolean isSidAlone = mode.checks().equals(List.of(Check.ACCOUNT_SID));
        if (mode.uses(Check.NONE)) {
          warnings.add("none: whoever knows the URL is believed");
        } else if (isSidAlone) {
          warnings.add("account-sid alone: the sid stands in the URL, so it proves little");
        }
      }
      return warnings;
    }
  }
}
