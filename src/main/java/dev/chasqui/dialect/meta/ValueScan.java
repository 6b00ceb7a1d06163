package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Account;
import dev.chasqui.dialect.meta.Envelope.ItemArray;
import dev.chasqui.json.JsonName;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Skipped;
import dev.chasqui.model.Skipped.Reason;
import dev.chasqui.model.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A change's value under way: its ids, and the arrays that may hold items. Whether they do is only
/// known together with the change's field.
final class ValueScan {

  private static final JsonName METADATA = JsonName.of("metadata");
  private static final JsonName CONTACTS = JsonName.of("contacts");
  private static final JsonName RECIPIENT = JsonName.of("recipient");
  private static final JsonName SETTINGS = JsonName.of("phone_number_settings");
  private static final JsonName WABA_INFO = JsonName.of("waba_info");
  private static final JsonName WABA_ID = JsonName.of("waba_id");
  private static final JsonName PHONE_NUMBER_ID = JsonName.of("phone_number_id");
  private static final JsonName DISPLAY = JsonName.of("display_phone_number");
  private static final JsonName PHONE_NUMBER = JsonName.of("phone_number");
  private static final JsonName TIMESTAMP = JsonName.of("timestamp");
  private static final JsonName CHANNEL = JsonName.of(EnvelopeBuilder.CHANNEL);

  /// The entry's id is a business portfolio's in changes of this field.
  private static final String PORTFOLIO_FIELD = "partner_solutions";

  /// The entry's id in Meta's samples, which is no account.
  private static final String NO_ACCOUNT = "0";

  private final JsonScanner scanner;
  private @Nullable String wabaId;
  private @Nullable String phoneNumberId;
  private @Nullable String display;
  private @Nullable String timestamp;
  private Via via = Via.WHATSAPP;
  private Range contacts = Range.NONE;
  private final List<Candidate> candidates = new ArrayList<>(1);

  /// An array that may hold items, or what stands in its place.
  ///
  /// @param array [Range#NONE] if there is no array
  private record Candidate(ItemKind kind, Range array, List<Range> elements) {
    boolean isArray() {
      return array.length() > 0;
    }
  }

  ValueScan(JsonScanner scanner) {
    this.scanner = scanner;
  }

  void read() {
    scanner.beginObject();
    while (scanner.nextMember()) {
      ItemKind kind = ItemKind.ofMember(scanner);
      if (kind != null) {
        candidate(kind);
      } else if (scanner.nameIs(CONTACTS)) {
        contacts = scanner.skipped();
      } else if (!isNumberPart()) {
        scanner.skip();
      }
    }
  }

  /// Reads the member if it tells the account or the number.
  private boolean isNumberPart() {
    if (scanner.nameIs(METADATA) || scanner.nameIs(RECIPIENT) || scanner.nameIs(SETTINGS)) {
      number();
    } else if (scanner.nameIs(WABA_INFO)) {
      waba();
    } else if (scanner.nameIs(DISPLAY)) {
      display = Texts.unlessBlank(scanner.scalar());
    } else if (scanner.nameIs(PHONE_NUMBER)) {
      String number = Texts.unlessBlank(scanner.scalar());
      display = display == null ? number : display;
    } else if (scanner.nameIs(TIMESTAMP)) {
      timestamp = scanner.scalar();
    } else {
      return false;
    }
    return true;
  }

  private void number() {
    if (scanner.peek() != Kind.OBJECT) {
      scanner.skip();
      return;
    }
    scanner.beginObject();
    while (scanner.nextMember()) {
      if (scanner.nameIs(PHONE_NUMBER_ID)) {
        phoneNumberId = Texts.unlessBlank(scanner.scalar());
      } else if (scanner.nameIs(DISPLAY)) {
        display = Texts.unlessBlank(scanner.scalar());
      } else if (scanner.nameIs(CHANNEL)) {
        via = Via.FALLBACK.wire().equals(scanner.scalar()) ? Via.FALLBACK : Via.WHATSAPP;
      } else {
        scanner.skip();
      }
    }
  }

  private void waba() {
    if (scanner.peek() != Kind.OBJECT) {
      scanner.skip();
      return;
    }
    scanner.beginObject();
    while (scanner.nextMember()) {
      if (scanner.nameIs(WABA_ID)) {
        wabaId = Texts.unlessBlank(scanner.scalar());
      } else {
        scanner.skip();
      }
    }
  }

  private void candidate(ItemKind kind) {
    candidates.removeIf(earlier -> earlier.kind() == kind);
    Kind type = scanner.peek();
    if (type == Kind.NULL) {
      scanner.skip();
      return;
    }
    if (type != Kind.ARRAY) {
      scanner.skip();
      candidates.add(new Candidate(kind, Range.NONE, List.of()));
      return;
    }
    int from = scanner.position();
    List<Range> elements = new ArrayList<>(1);
    scanner.beginArray();
    while (scanner.nextElement()) {
      elements.add(scanner.skipped());
    }
    candidates.add(new Candidate(kind, new Range(from, scanner.position()), elements));
  }

  Account account(String field, @Nullable String entryId) {
    boolean entryIsAccount = !field.equals(PORTFOLIO_FIELD) && !NO_ACCOUNT.equals(entryId);
    String waba = wabaId != null || !entryIsAccount ? wabaId : entryId;
    return new Account(waba, phoneNumberId, display, timestamp, contacts, via);
  }

  /// The arrays that hold items in changes of this field.
  List<ItemArray> items(String field) {
    List<ItemArray> items = new ArrayList<>(1);
    int next = 0;
    for (Candidate candidate : candidates) {
      if (candidate.kind().isItemOf(field) && candidate.isArray()) {
        items.add(new ItemArray(candidate.kind(), next, candidate.array(), candidate.elements()));
        next += candidate.elements().size();
      }
    }
    return items;
  }

  /// Adds what is no item where items belong.
  void reportMalformed(Bytes body, String field, Supplier<String> path, List<Skipped> skipped) {
    for (Candidate candidate : candidates) {
      if (!candidate.kind().isItemOf(field)) {
        continue;
      }
      String member = candidate.kind().member();
      if (!candidate.isArray()) {
        skipped.add(new Skipped(path.get() + member, Reason.MALFORMED_FIELD));
      }
      for (int i = 0; i < candidate.elements().size(); i++) {
        if (body.at(candidate.elements().get(i).from()) != '{') {
          String element = path.get() + member + "[" + i + "]";
          skipped.add(new Skipped(element, Reason.MALFORMED_FIELD));
        }
      }
    }
  }
}
