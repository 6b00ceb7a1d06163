package dev.chasqui.store;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The channels of Turn and accounts of Exotel whose webhooks come in. Each change is on disk
/// before the call returns and counts [ResourceStore#version()] up. What only the sender and we
/// know is sealed at rest.
public interface SourceStore {

  /// Runs a change that reads before it writes, with no other change of these resources between:
  /// what it reads here is still so when it writes. It should do nothing else, no network above
  /// all.
  <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E;

  /// All accounts of all workspaces, by source and id.
  List<SourceAccount> sources();

  /// Adds an account, or replaces the one of the same source and id.
  void putSource(SourceAccount account);

  /// Deletes an account with its secrets.
  ///
  /// @return false if there was none
  boolean deleteSource(DialectName source, String id);
}
