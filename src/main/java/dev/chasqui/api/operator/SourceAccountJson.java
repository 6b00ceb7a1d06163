package dev.chasqui.api.operator;

import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Writes senders other than Meta: what they are, and of their secrets only whether they are set.
final class SourceAccountJson {

  private SourceAccountJson() {}

  static Answer write(SourceAccount account, Instant now) {
    boolean isExotel = account.source() == DialectName.EXOTEL;
    Answer answer = new Answer();
    answer.add("id", account.id());
    answer.text("workspace", account.workspace());
    answer.add("path", "/webhooks/" + account.source().wire() + "/" + account.id());
    answer.add("phoneNumberId", account.channel().phoneNumberId());
    answer.add("wabaId", account.channel().wabaId());
    answer.add("displayPhoneNumber", account.channel().displayPhoneNumber());
    secrets(answer, account.access(), now);
    if (isExotel) {
      answer.add("hasApiLogin", account.access().apiToken() != null);
      answer.add("hasUrlKey", account.access().urlKey() != null);
      answer.add("hasVerifyToken", account.access().verifyToken() != null);
      answer.add(
          "authentication",
          account.admission().modes().stream().map(AuthenticationMode::text).toList());
      answer.add("addresses", account.admission().addresses());
      answer.add("warnings", warnings(account));
    }
    return answer;
  }

  private static void secrets(Answer answer, SourceAccount.Access access, Instant now) {
    long active =
        access.secrets().stream()
            .filter(it -> it.until() == null || it.until().isAfter(now))
            .count();
    Instant former =
        access.secrets().stream()
            .map(SourceAccount.Secret::until)
            .filter(Objects::nonNull)
            .filter(it -> it.isAfter(now))
            .findFirst()
            .orElse(null);
    answer.add("signingSecrets", active).time("previousValidUntil", former);
  }

  private static List<String> warnings(SourceAccount account) {
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
