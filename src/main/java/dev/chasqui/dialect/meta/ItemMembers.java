package dev.chasqui.dialect.meta;

import dev.chasqui.json.JsonName;
import dev.chasqui.json.JsonScanner;
import dev.chasqui.json.JsonScanner.Kind;
import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of one item (a message, a status, a call, …) that the common vocabulary has a word
/// for. Everything else stays in the raw bytes.
final class ItemMembers {

  private static final JsonName ERRORS = JsonName.of("errors");
  private static final JsonName CODE = JsonName.of("code");
  private static final JsonName TITLE = JsonName.of("title");

  /// The members that are read; text or number.
  enum Member {
    ID("id"),
    TYPE("type"),
    TIMESTAMP("timestamp"),
    STATUS("status"),
    FROM("from"),
    FROM_USER_ID("from_user_id"),
    GROUP_ID("group_id"),
    TO("to"),
    TO_USER_ID("to_user_id"),
    RECIPIENT_ID("recipient_id"),
    RECIPIENT_USER_ID("recipient_user_id"),
    RECIPIENT_TYPE("recipient_type"),
    PARTICIPANT("recipient_participant_id"),
    PARTICIPANT_SWAPPED("participant_recipient_id"),
    PARTICIPANT_USER_ID("recipient_participant_user_id"),
    CALLBACK("biz_opaque_callback_data"),
    EVENT("event"),
    DIRECTION("direction");

    private static final Member[] ALL = values();

    // A name's bytes are never written to.
    @SuppressWarnings("ImmutableEnumChecker")
    private final JsonName name;

    Member(String name) {
      this.name = JsonName.of(name);
    }
  }

  private final Map<Member, String> texts = new EnumMap<>(Member.class);
  private final List<Fault> faults = new ArrayList<>(0);

  private ItemMembers() {}

  /// Reads an object that was scanned before.
  static ItemMembers read(Bytes body, Range object) {
    ItemMembers members = new ItemMembers();
    JsonScanner scanner = JsonScanner.of(body, object);
    scanner.beginObject();
    while (scanner.nextMember()) {
      members.member(scanner);
    }
    return members;
  }

  private void member(JsonScanner scanner) {
    for (Member member : Member.ALL) {
      if (scanner.nameIs(member.name)) {
        text(member, scanner.scalar());
        return;
      }
    }
    if (scanner.nameIs(ERRORS)) {
      errors(scanner);
      return;
    }
    scanner.skip();
  }

  private void text(Member member, @Nullable String text) {
    if (text == null || text.isBlank()) {
      texts.remove(member);
    } else {
      texts.put(member, text);
    }
  }

  private void errors(JsonScanner scanner) {
    if (scanner.peek() != Kind.ARRAY) {
      scanner.skip();
      return;
    }
    faults.clear();
    scanner.beginArray();
    while (scanner.nextElement()) {
      if (scanner.peek() == Kind.OBJECT) {
        fault(scanner);
      } else {
        scanner.skip();
      }
    }
  }

  private void fault(JsonScanner scanner) {
    String code = null;
    String title = null;
    scanner.beginObject();
    while (scanner.nextMember()) {
      if (scanner.nameIs(CODE)) {
        code = scanner.scalar();
      } else if (scanner.nameIs(TITLE)) {
        title = scanner.scalar();
      } else {
        scanner.skip();
      }
    }
    faults.add(new Fault(PlatformNumbers.wholeOr(code, 0), title));
  }

  /// A member's text, null if it is missing, empty, or neither text nor number.
  @Nullable String text(Member member) {
    return texts.get(member);
  }

  String textOr(Member member, String otherwise) {
    return texts.getOrDefault(member, otherwise);
  }

  @Nullable Instant at() {
    return PlatformNumbers.instant(text(Member.TIMESTAMP));
  }

  List<Fault> faults() {
    return faults;
  }
}
