package dev.chasqui.store;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import java.util.List;

/// The channels of Turn and accounts of Exotel whose webhooks come in. Each change is on disk
/// before the call returns and counts [ResourceStore#version()] up. What only the sender and we
/// know is sealed at rest.
public interface SourceStore {

  /// All accounts of all workspaces, by source and id.
  List<SourceAccount> sources();

  /// Adds an account, or replaces the one of the same source and id.
  void putSource(SourceAccount account);

  /// Deletes an account with its secrets.
  ///
  /// @return false if there was none
  boolean deleteSource(DialectName source, String id);
}
