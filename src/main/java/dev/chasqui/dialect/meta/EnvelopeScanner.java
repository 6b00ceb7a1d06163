package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.Elements;
import dev.chasqui.dialect.meta.Envelope.Entry;
import dev.chasqui.json.JsonName;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Skipped;
import dev.chasqui.model.Skipped.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a webhook's raw bytes in one pass and remembers where everything stands. It checks the
/// whole document, decodes next to nothing, and never throws for what the bytes are.
public final class EnvelopeScanner {

  private static final JsonName OBJECT = JsonName.of("object");
  private static final JsonName ENTRY = JsonName.of("entry");
  private static final JsonName ID = JsonName.of("id");
  private static final JsonName TIME = JsonName.of("time");
  private static final JsonName CHANGES = JsonName.of("changes");
  private static final JsonName CHANGED_FIELDS = JsonName.of("changed_fields");

  private final Bytes body;
  private final JsonScanner scanner;
  private @Nullable String object;

  // What the last member "entry" held.
  private @Nullable Elements entryArray;
  private final List<Entry> entries = new ArrayList<>(1);
  private final List<Skipped> skipped = new ArrayList<>(0);

  private EnvelopeScanner(Bytes body) {
    this.body = body;
    this.scanner = new JsonScanner(body);
  }

  /// Tells what a webhook's body is.
  public static Scan scan(Bytes body) {
    try {
      return new EnvelopeScanner(body).document();
    } catch (MalformedJsonException e) {
      return new Scan.InvalidJson(e.getMessage() == null ? "malformed" : e.getMessage());
    }
  }

  private Scan document() {
    if (scanner.peek() != Kind.OBJECT) {
      scanner.skip();
      scanner.end();
      return new Scan.InvalidPayload(null);
    }
    scanner.beginObject();
    while (scanner.nextMember()) {
      if (scanner.nameIs(ENTRY)) {
        entryArray();
      } else if (scanner.nameIs(OBJECT)) {
        object = scanner.text();
      } else {
        scanner.skip();
      }
    }
    scanner.end();
    if (entryArray == null || !Envelope.OBJECT.equals(object)) {
      return new Scan.InvalidPayload(object);
    }
    return new Envelope(body, entryArray, entries, skipped);
  }

  private void entryArray() {
    entries.clear();
    skipped.clear();
    entryArray = null;
    if (scanner.peek() != Kind.ARRAY) {
      scanner.skip();
      return;
    }
    int from = scanner.position();
    List<Range> elements = new ArrayList<>(1);
    scanner.beginArray();
    while (scanner.nextElement()) {
      elements.add(element(elements.size()));
    }
    entryArray = new Elements(new Range(from, scanner.position()), elements);
  }

  private Range element(int index) {
    if (scanner.peek() == Kind.OBJECT) {
      Entry entry = new EntryScan(index).entry();
      entries.add(entry);
      return entry.range();
    }
    skipped.add(new Skipped("entry[" + index + "]", Reason.MALFORMED_ENTRY));
    return scanner.skipped();
  }

  /// One entry under way.
  private final class EntryScan {

    private final int index;
    private @Nullable String id;
    private @Nullable String time;
    private Elements changeArray = Elements.NONE;
    private final List<ChangeScan> changes = new ArrayList<>(1);
    private final List<Skipped> problems = new ArrayList<>(0);

    EntryScan(int index) {
      this.index = index;
    }

    Entry entry() {
      int from = scanner.position();
      scanner.beginObject();
      while (scanner.nextMember()) {
        if (scanner.nameIs(ID)) {
          id = Texts.unlessBlank(scanner.scalar());
        } else if (scanner.nameIs(CHANGES)) {
          changes();
        } else if (scanner.nameIs(TIME)) {
          time = scanner.scalar();
        } else {
          other();
        }
      }
      Range range = new Range(from, scanner.position());
      return new Entry(index, range, id, time, changeArray, finished());
    }

    private void other() {
      if (scanner.nameIs(CHANGED_FIELDS)) {
        problem("changed_fields", Reason.UNSUPPORTED_FIELD);
      }
      scanner.skip();
    }

    private void changes() {
      changes.clear();
      problems.clear();
      changeArray = Elements.NONE;
      if (scanner.peek() != Kind.ARRAY) {
        problem("changes", Reason.MALFORMED_ENTRY);
        scanner.skip();
        return;
      }
      int from = scanner.position();
      List<Range> elements = new ArrayList<>(1);
      scanner.beginArray();
      while (scanner.nextElement()) {
        elements.add(change(elements.size()));
      }
      changeArray = new Elements(new Range(from, scanner.position()), elements);
    }

    private Range change(int position) {
      if (scanner.peek() == Kind.OBJECT) {
        ChangeScan change = new ChangeScan(scanner, position);
        changes.add(change);
        return change.read();
      }
      problem("changes[" + position + "]", Reason.MALFORMED_CHANGE);
      return scanner.skipped();
    }

    private void problem(String member, Reason reason) {
      problems.add(new Skipped("entry[" + index + "]." + member, reason));
    }

    /// The changes, now that the entry's id is known.
    private List<Change> finished() {
      skipped.addAll(problems);
      List<Change> finished = new ArrayList<>(changes.size());
      for (ChangeScan change : changes) {
        finished.add(change.finish(body, index, id, skipped));
      }
      return finished;
    }
  }
}
