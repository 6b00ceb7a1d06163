package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Account;
import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.ItemArray;
import dev.chasqui.json.JsonName;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Skipped;
import dev.chasqui.model.Skipped.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change under way. Its `value` may stand before its `field`, and both before the entry's
/// `id`, so what they mean together is told at the end.
final class ChangeScan {

  private static final JsonName FIELD = JsonName.of("field");
  private static final JsonName VALUE = JsonName.of("value");

  private final JsonScanner scanner;
  private final int index;
  private Range range = Range.NONE;
  private @Nullable String field;
  private boolean fieldIsText;
  private Range value = Range.NONE;
  private @Nullable ValueScan contents;

  ChangeScan(JsonScanner scanner, int index) {
    this.scanner = scanner;
    this.index = index;
  }

  /// Reads the change that the scanner stands before.
  Range read() {
    int from = scanner.position();
    scanner.beginObject();
    while (scanner.nextMember()) {
      if (scanner.nameIs(VALUE)) {
        value();
      } else if (scanner.nameIs(FIELD)) {
        field();
      } else {
        scanner.skip();
      }
    }
    range = new Range(from, scanner.position());
    return range;
  }

  private void field() {
    fieldIsText = scanner.peek() == Kind.TEXT;
    field = scanner.scalar();
  }

  private void value() {
    if (scanner.peek() != Kind.OBJECT) {
      contents = null;
      value = scanner.skipped();
      return;
    }
    int from = scanner.position();
    contents = new ValueScan(scanner);
    contents.read();
    value = new Range(from, scanner.position());
  }

  /// The change as a whole, given its entry's index and id.
  Change finish(Bytes body, int entry, @Nullable String entryId, List<Skipped> skipped) {
    ItemPath path = ItemPath.ofChange(entry, index);
    String name = field;
    if (name == null || !fieldIsText || contents == null) {
      skipped.add(new Skipped(path(entry), Reason.MALFORMED_CHANGE));
      return new Change(path, range, name, false, value, Account.NONE, List.of());
    }
    contents.reportMalformed(body, name, () -> path(entry) + ".value.", skipped);
    List<ItemArray> items = contents.items(name);
    return new Change(path, range, name, true, value, contents.account(name, entryId), items);
  }

  private String path(int entry) {
    return "entry[" + entry + "].changes[" + index + "]";
  }
}
