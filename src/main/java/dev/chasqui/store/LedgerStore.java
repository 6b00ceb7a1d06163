package dev.chasqui.store;

import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Succession;
import dev.chasqui.model.WorkspaceId;
import java.util.List;

/// The tables that the ledger writer keeps. It follows the projection with a cursor of its own and
/// works in large batches sorted by key: these tables are looked up by wamid or contact, so writing
/// them one event at a time would dirty a page for each (docs/design/store.md).
public interface LedgerStore {

  /// The journal position up to which a partition is applied to the ledger; never beyond the
  /// projection's cursor.
  long ledgerCursor(int partition);

  /// Applies a slice to one of the tables, in one transaction. All parts are applied before the
  /// cursor moves; since each table has an order of its own, each gets its slices sorted by that.
  void apply(Part part, List<LedgerItem> slice);

  /// Applies a slice to all tables, in one transaction. Applying the same again changes nothing:
  /// keys are kept as first seen, a message's state moves forward only, contacts keep the newest of
  /// what is known.
  void apply(List<LedgerItem> slice);

  /// Moves the ledger's cursor after all slices up to it are written.
  void moveLedgerCursor(int partition, long cursor);

  /// The tables that the ledger writer keeps.
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

  /// One notification for the ledger, with its dedup key.
  ///
  /// @param fresh whether it was the first of its key
  /// @param contactContext what must be known of its contact
  record LedgerItem(
      WorkspaceId workspace,
      EventId event,
      ItemKey key,
      Notification notification,
      boolean fresh,
      ContactContext contactContext) {

    public LedgerItem(
        WorkspaceId workspace,
        EventId event,
        ItemKey key,
        Notification notification,
        boolean fresh) {
      this(workspace, event, key, notification, fresh, ContactContext.NONE);
    }
  }

  /// Facts about an item's contact that the ledger needs and the item does not hold.
  ///
  /// @param isWatched whether contacts of the workspace can go over to a fallback channel
  /// @param errorThreshold how many failures in a row are too many for the item's phone number, 0
  ///   if it has no fallback channel
  /// @param successions ids that it says have changed
  record ContactContext(boolean isWatched, int errorThreshold, List<Succession> successions) {

    public static final ContactContext NONE = new ContactContext(false, 0, List.of());

    public ContactContext {
      successions = List.copyOf(successions);
    }
  }
}
