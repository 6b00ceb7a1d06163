package dev.chasqui.store.sql;

import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.LedgerStore.Part;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One slice of ledger items in one transaction. Rows go in sorted by their keys, so that
/// neighbours share a page, and nodes that write at the same time wait for each other in one order.
final class LedgerSlice {

  private static final Bulk KEEP_KEYS =
      Bulk.of(
          """
          WITH v (item_key, event_id) AS ({rows})
          INSERT INTO seen (item_key, event_id) SELECT * FROM v WHERE true
          ON CONFLICT (item_key) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.BYTES);

  private LedgerSlice() {}

  static void apply(Session session, Part part, List<LedgerItem> slice, Keyed keyed)
      throws SQLException {
    switch (part) {
      case KEYS -> session.bulk(KEEP_KEYS, keys(slice));
      case MENTIONS -> MentionRows.apply(session, slice, keyed);
      case MESSAGES -> MessageRows.apply(session, slice, keyed.generations());
      case CONTACTS -> ContactRows.apply(session, slice);
      case SUBMISSIONS -> SubmissionRows.apply(session, slice);
    }
  }

  private static List<@Nullable Object[]> keys(List<LedgerItem> slice) {
    TreeMap<byte[], byte[]> first = new TreeMap<>(Compare.UNSIGNED);
    slice.forEach(f -> first.merge(f.key().toBytes(), f.event().toBytes(), Compare::smaller));
    List<@Nullable Object[]> rows = new ArrayList<>(first.size());
    first.forEach((key, event) -> rows.add(new @Nullable Object[] {key, event}));
    return rows;
  }

  /// How rows are keyed.
  ///
  /// @param hash of a wamid or of a user's id
  record Keyed(ToLongFunction<String> hash, Generations generations) {}
}
