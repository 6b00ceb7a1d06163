package dev.chasqui.dialect.meta;

import dev.chasqui.json.JsonName;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change's `contacts[]`: what the platform knows of the users whom the change's items name.
final class Contacts {

  private static final JsonName WA_ID = JsonName.of("wa_id");
  private static final JsonName USER_ID = JsonName.of("user_id");
  private static final JsonName PROFILE = JsonName.of("profile");
  private static final JsonName NAME = JsonName.of("name");

  private final List<Participant> contacts = new ArrayList<>(1);

  private Contacts() {}

  /// Reads the value of `contacts`; whatever is no array of objects is no contact.
  static Contacts read(Bytes body, Range value) {
    Contacts contacts = new Contacts();
    if (value.length() > 0 && body.at(value.from()) == '[') {
      contacts.array(JsonScanner.of(body, value));
    }
    return contacts;
  }

  private void array(JsonScanner scanner) {
    scanner.beginArray();
    while (scanner.nextElement()) {
      if (scanner.peek() == Kind.OBJECT) {
        contacts.add(contact(scanner));
      } else {
        scanner.skip();
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
        waId = scanner.scalar();
      } else if (scanner.nameIs(USER_ID)) {
        userId = scanner.text();
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

  /// The user with these ids, completed by the contact with the same BSUID, else by the one with
  /// the same phone number.
  Participant complete(@Nullable String waId, @Nullable String userId) {
    if (waId == null && userId == null) {
      return Participant.NONE;
    }
    Participant known = find(waId, userId);
    if (known == null) {
      return new Participant(waId, userId, null);
    }
    return new Participant(
        waId != null ? waId : known.waId(), userId != null ? userId : known.userId(), known.name());
  }

  private @Nullable Participant find(@Nullable String waId, @Nullable String userId) {
    for (Participant contact : contacts) {
      if (userId != null && userId.equals(contact.userId())) {
        return contact;
      }
    }
    for (Participant contact : contacts) {
      boolean otherUser = userId != null && contact.userId() != null;
      if (waId != null && waId.equals(contact.waId()) && !otherUser) {
        return contact;
      }
    }
    return null;
  }
}
