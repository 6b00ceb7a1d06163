package dev.chasqui.store.sql;

import dev.chasqui.store.LedgerStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the fold writes.
final class SqlLedger implements LedgerStore {

  private static final String CURSOR = "fold";

  private final Database database;
  private final Folding.Keyed keyed;

  SqlLedger(Database database, Folding.Keyed keyed) {
    this.database = database;
    this.keyed = keyed;
  }

  @Override
  public long foldCursor(int partition) {
    return database.read(s -> Cursors.read(s, CURSOR, partition));
  }

  @Override
  public void fold(Part part, List<Folded> slice) {
    foldAll(List.of(part), slice);
  }

  @Override
  public void fold(List<Folded> slice) {
    foldAll(List.of(Part.values()), slice);
  }

  private void foldAll(List<Part> parts, List<Folded> slice) {
    database.<@Nullable Void>write(
        s -> {
          for (Part part : parts) {
            Folding.fold(s, part, slice, keyed);
          }
          return null;
        });
  }

  @Override
  public void moveFoldCursor(int partition, long cursor) {
    database.write(s -> Cursors.advance(s, CURSOR, partition, cursor));
  }
}
