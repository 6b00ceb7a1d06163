package dev.chasqui.app;

import dev.chasqui.ingress.SourceAccounts;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.store.SourceStore;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The senders other than Meta, held in memory over the store, so that no door ever waits for a
/// database: a change is written to the store first and seen here at once.
final class SourceDirectory implements SourceStore, SourceAccounts {

  private final SourceStore store;
  private final ConcurrentMap<Key, SourceAccount> accounts = new ConcurrentHashMap<>();

  private record Key(DialectName source, String id) {}

  /// Reads all there is.
  SourceDirectory(SourceStore store) {
    this.store = store;
    store.sources().forEach(it -> accounts.put(key(it), it));
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
  public void putSource(SourceAccount account) {
    store.putSource(account);
    accounts.put(key(account), account);
  }

  @Override
  public boolean deleteSource(DialectName source, String id) {
    boolean existed = store.deleteSource(source, id);
    accounts.remove(new Key(source, id));
    return existed;
  }
}
