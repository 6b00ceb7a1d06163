package dev.chasqui.app;

import dev.chasqui.ingress.SourceAccounts;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.TextRule;
import dev.chasqui.store.OneStep;
import dev.chasqui.store.SourceStore;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The senders other than Meta, held in memory over the store, so that the ingress never waits for
/// a database: a change is written to the store first and seen here at once.
final class SourceDirectory implements SourceStore, SourceAccounts {

  private final OneStep changes = new OneStep();
  private final SourceStore store;
  private final UnusableResources unusable;
  private final ConcurrentMap<Key, SourceAccount> accounts = new ConcurrentHashMap<>();

  private record Key(DialectName source, String id) {}

  /// Reads all there is.
  SourceDirectory(SourceStore store, UnusableResources unusable) {
    this.store = store;
    this.unusable = unusable;
    store.sources().stream().map(this::usable).forEach(it -> accounts.put(key(it), it));
  }

  private static Key key(SourceAccount account) {
    return new Key(account.source(), account.id());
  }

  @Override
  public @Nullable SourceAccount find(DialectName source, String id) {
    return accounts.get(new Key(source, id));
  }

  @Override
  public List<SourceAccount> sources() {
    return accounts.values().stream()
        .sorted(Comparator.comparing(SourceAccount::source).thenComparing(SourceAccount::id))
        .toList();
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    return changes.run(change);
  }

  @Override
  public void putSource(SourceAccount account) {
    changes.run(
        () -> {
          store.putSource(account);
          unusable.mended(name(account.source(), account.id()));
          return accounts.put(key(account), account);
        });
  }

  @Override
  public boolean deleteSource(DialectName source, String id) {
    return changes.run(
        () -> {
          boolean existed = store.deleteSource(source, id);
          unusable.mended(name(source, id));
          accounts.remove(new Key(source, id));
          return existed;
        });
  }

  /// Leaves out what no signature can be made with. The account stays: what comes in for it is
  /// recorded as badly signed, and can be verified again once the secret is mended.
  private SourceAccount usable(SourceAccount account) {
    SourceAccount.Access access = account.access();
    List<SourceAccount.Secret> good =
        access.secrets().stream().filter(it -> isGood(it.value())).toList();
    String token = access.apiToken();
    String goodToken = token != null && isGood(token) ? token : null;
    if (good.equals(access.secrets()) && Objects.equals(token, goodToken)) {
      return account;
    }
    unusable.note(
        account.workspace(), name(account.source(), account.id()), "a secret of it is blank");
    SourceAccount.Access left =
        new SourceAccount.Access(
            good, access.apiKey(), goodToken, access.urlKey(), access.verifyToken());
    return new SourceAccount(
        account.workspace(), account.source(), account.channel(), left, account.admission());
  }

  private static boolean isGood(String secret) {
    return TextRule.objection(secret).isEmpty();
  }

  private static String name(DialectName source, String id) {
    return source.wire() + " account " + id;
  }
}
