package dev.chasqui.store;

import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Succession;
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
    CONTACTS,
    /// What clients submitted, by submission; after [#MESSAGES], which tells what is known already.
    SUBMISSIONS
  }

  /// One notification to fold, with its dedup key.
  ///
  /// @param fresh whether it was the first of its key
  /// @param aside what must be known beside it
  record Folded(
      WorkspaceId workspace,
      EventId event,
      ItemKey key,
      Notification notification,
      boolean fresh,
      Aside aside) {

    /// Nothing is known beside it.
    public Folded(
        WorkspaceId workspace,
        EventId event,
        ItemKey key,
        Notification notification,
        boolean fresh) {
      this(workspace, event, key, notification, fresh, Aside.NONE);
    }
  }

  /// What the fold must know of an item and the item does not say.
  ///
  /// @param isWatched whether contacts of the workspace can go over to a fallback channel
  /// @param errorThreshold how many failures in a row are too many for the item's phone number, 0
  ///   if it has no fallback channel
  /// @param successions ids that it says have changed
  record Aside(boolean isWatched, int errorThreshold, List<Succession> successions) {

    /// Nothing.
    public static final Aside NONE = new Aside(false, 0, List.of());

    public Aside {
      successions = List.copyOf(successions);
    }
  }
}
