package dev.chasqui.store;

import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.util.List;

/// What the fold writes. The fold follows the projection with a cursor of its own and works in
/// large batches sorted by key: these tables are looked up by wamid or contact, so writing them one
/// event at a time would dirty a page for each (docs/design/store.md).
public interface LedgerStore {

  /// The journal position up to which a partition is folded; never beyond the projection's cursor.
  long foldCursor(int partition);

  /// Folds a slice into one of the tables, in one transaction. All parts are folded before the
  /// cursor moves; since each table has an order of its own, each gets its slices sorted by that.
  void fold(Part part, List<Folded> slice);

  /// Folds a slice into all tables, in one transaction. Folding the same again changes nothing:
  /// keys are kept as first seen, a message's state moves forward only, contacts keep the newest of
  /// what is known.
  void fold(List<Folded> slice);

  /// Moves the fold cursor after all slices up to it are written.
  void moveFoldCursor(int partition, long cursor);

  /// What the fold writes.
  enum Part {
    /// Dedup keys, by item key.
    KEYS,
    /// Messages, by item key.
    MESSAGES,
    /// Which events name a user, by the hash of the user's id.
    MENTIONS,
    /// Contacts, by workspace and the user's id.
    CONTACTS
  }

  /// One notification to fold, with its dedup key.
  ///
  /// @param fresh whether it was the first of its key
  record Folded(
      WorkspaceId workspace,
      EventId event,
      ItemKey key,
      Notification notification,
      boolean fresh) {}
}
