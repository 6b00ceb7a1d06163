package dev.chasqui.store.sql;

import dev.chasqui.store.LedgerStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tables that the ledger writer keeps.
final class SqlLedger implements LedgerStore {

  private static final String CURSOR = "fold";

  private final Database database;
  private final LedgerSlice.Keyed keyed;

  SqlLedger(Database database, LedgerSlice.Keyed keyed) {
    this.database = database;
    this.keyed = keyed;
  }

  @Override
  public long ledgerCursor(int partition) {
    return database.read(s -> Cursors.read(s, CURSOR, partition));
  }

  @Override
  public void apply(Part part, List<LedgerItem> slice) {
    applyAll(List.of(part), slice);
  }

  @Override
  public void apply(List<LedgerItem> slice) {
    applyAll(List.of(Part.values()), slice);
  }

  private void applyAll(List<Part> parts, List<LedgerItem> slice) {
    database.<@Nullable Void>write(
        s -> {
          for (Part part : parts) {
            LedgerSlice.apply(s, part, slice, keyed);
          }
          return null;
        });
  }

  @Override
  public void moveLedgerCursor(int partition, long cursor) {
    database.write(s -> Cursors.advance(s, CURSOR, partition, cursor));
  }
}
