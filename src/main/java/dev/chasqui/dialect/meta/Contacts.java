package dev.chasqui.dialect.meta;

import dev.chasqui.json.JsonName;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change's `contacts[]`: what the platform knows of the users whom the change's items name.
final class Contacts {

  private static final JsonName WA_ID = JsonName.of("wa_id");
  private static final JsonName USER_ID = JsonName.of("user_id");
  private static final JsonName PROFILE = JsonName.of("profile");
  private static final JsonName NAME = JsonName.of("name");

  private final Map<String, Contact> byUserId = HashMap.newHashMap(1);
  private final Map<String, Contact> byWaId = HashMap.newHashMap(1);

  /// Those without a BSUID alone.
  private final Map<String, Contact> byWaIdAlone = HashMap.newHashMap(1);

  private int count;
  private @Nullable Contact first;

  private Contacts() {}

  private record Contact(Participant who, Range range) {}

  /// Reads the value of `contacts`; whatever is no array of objects is no contact.
  static Contacts read(Bytes body, Range value) {
    Contacts contacts = new Contacts();
    if (value.length() > 0 && body.at(value.from()) == '[') {
      contacts.array(JsonScanner.of(body, value), value.from());
    }
    return contacts;
  }

  private void array(JsonScanner scanner, int base) {
    scanner.beginArray();
    while (scanner.nextElement()) {
      if (scanner.peek() == Kind.OBJECT) {
        int from = scanner.position();
        Participant who = contact(scanner);
        add(new Contact(who, new Range(base + from, base + scanner.position())));
      } else {
        scanner.skip();
      }
    }
  }

  /// Of several with the same id the first one counts.
  private void add(Contact contact) {
    count++;
    first = first == null ? contact : first;
    String userId = contact.who().userId();
    String waId = contact.who().waId();
    if (userId != null) {
      byUserId.putIfAbsent(userId, contact);
    }
    if (waId != null) {
      byWaId.putIfAbsent(waId, contact);
      if (userId == null) {
        byWaIdAlone.putIfAbsent(waId, contact);
      }
    }
  }

  private static Participant contact(JsonScanner scanner) {
    String waId = null;
    String userId = null;
    String name = null;
    scanner.beginObject();
    while (scanner.nextMember()) {
      if (scanner.nameIs(WA_ID)) {
        waId = PlatformNumbers.phoneNumber(scanner.scalar());
      } else if (scanner.nameIs(USER_ID)) {
        userId = Texts.unlessBlank(scanner.text());
      } else if (scanner.nameIs(PROFILE)) {
        name = profileName(scanner);
      } else {
        scanner.skip();
      }
    }
    return new Participant(waId, userId, name);
  }

  private static @Nullable String profileName(JsonScanner scanner) {
    if (scanner.peek() != Kind.OBJECT) {
      scanner.skip();
      return null;
    }
    String name = null;
    scanner.beginObject();
    while (scanner.nextMember()) {
      if (scanner.nameIs(NAME)) {
        name = scanner.text();
      } else {
        scanner.skip();
      }
    }
    return name;
  }

  boolean isOne() {
    return count == 1;
  }

  /// The user that an item names, completed by the contact with the same BSUID, else by the one
  /// with the same phone number.
  Participant complete(Participant named) {
    Contact found = find(named.waId(), named.userId());
    return found == null ? named : found.who().orElse(named);
  }

  /// The only contact of the change, which is the user that an item names, however it does so
  /// (Brazil, Mexico and Argentina have two spellings of a number; it may also name nobody).
  Participant completeByOnly(Participant named) {
    return first == null ? named : first.who().orElse(named);
  }

  /// Where a user's element stands in the body, null if there is none.
  @Nullable Range range(Participant user) {
    Contact found = find(user.waId(), user.userId());
    return found == null ? null : found.range();
  }

  /// Where the only contact's element stands if it has no id, null otherwise: its change's one
  /// sender is that contact.
  @Nullable Range rangeWithoutId() {
    return first != null && isOne() && !first.who().isKnown() ? first.range() : null;
  }

  private @Nullable Contact find(@Nullable String waId, @Nullable String userId) {
    Contact same = userId == null ? null : byUserId.get(userId);
    if (same != null || waId == null) {
      return same;
    }
    return userId == null ? byWaId.get(waId) : byWaIdAlone.get(waId);
  }
}
