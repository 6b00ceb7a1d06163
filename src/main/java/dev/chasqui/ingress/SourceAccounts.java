package dev.chasqui.ingress;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import org.jspecify.annotations.Nullable;

/// The senders other than Meta as the ingress knows them; read on every request, so it must answer
/// from memory.
@FunctionalInterface
public interface SourceAccounts {

  /// No accounts: Meta is the only source.
  SourceAccounts NONE = (_, _) -> null;

  /// The account with an id, null if there is none.
  @Nullable SourceAccount find(DialectName source, String id);
}
