package dev.chasqui.store.sql;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.store.EventRow.Item;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The column `items` of `events`: the notifications of an event, of which there may be tens of
/// thousands. It is read item by item, and only what is asked for is kept.
final class StoredItems {

  private StoredItems() {}

  static String write(List<Item> items) {
    JsonWriter json = new JsonWriter(128 * items.size() + 2).beginArray();
    for (Item item : items) {
      json.beginArray().text(item.path()).text(item.kind()).text(item.word()).text(item.field());
      json.text(item.itemId()).text(item.waId()).text(item.verdict()).endArray();
    }
    return json.endArray().bytes().toUtf8();
  }

  /// A run of the items of a row.
  static List<Item> read(ResultSet row, int from, int count) throws SQLException {
    List<Item> found = new ArrayList<>();
    try (JsonColumns.Elements elements = JsonColumns.elements(Columns.text(row, "items"))) {
      Iterator<List<@Nullable Object>> items = elements.iterator();
      for (int i = 0; i < from + count && items.hasNext(); i++) {
        List<@Nullable Object> one = items.next();
        if (i >= from) {
          found.add(item(one));
        }
      }
    }
    return found;
  }

  /// Those items of a row that match, up to a number.
  static List<Item> matching(ResultSet row, Predicate<Item> wanted, int most) throws SQLException {
    List<Item> found = new ArrayList<>();
    try (JsonColumns.Elements elements = JsonColumns.elements(Columns.text(row, "items"))) {
      Iterator<List<@Nullable Object>> items = elements.iterator();
      while (found.size() < most && items.hasNext()) {
        Item item = item(items.next());
        if (wanted.test(item)) {
          found.add(item);
        }
      }
    }
    return found;
  }

  private static Item item(List<@Nullable Object> row) {
    return new Item(
        text(row, 0),
        text(row, 1),
        text(row, 2),
        text(row, 3),
        (String) row.get(4),
        (String) row.get(5),
        text(row, 6));
  }

  private static String text(List<@Nullable Object> row, int index) {
    return (String) Objects.requireNonNull(row.get(index));
  }
}
