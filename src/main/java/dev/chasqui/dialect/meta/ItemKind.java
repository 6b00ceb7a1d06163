package dev.chasqui.dialect.meta;

import dev.chasqui.json.JsonName;
import dev.chasqui.json.JsonScanner;
import org.jspecify.annotations.Nullable;

/// The arrays of a change's value whose elements are notifications by themselves. In which fields
/// they are is the rule of [#isItemOf(String)]; everywhere else a change is one notification as a
/// whole: `history`, groups, account fields, `standby` (whose items are passive copies that must
/// not be taken for the real ones), and all that is unknown.
public enum ItemKind {
  MESSAGE("messages"),
  STATUS("statuses"),
  ECHO("message_echoes"),
  CALL("calls"),
  ERROR("errors"),
  USER_ACTION("user_actions"),
  SUBMISSION("submissions");

  private static final ItemKind[] KINDS = values();

  // A name's bytes are never written to.
  @SuppressWarnings("ImmutableEnumChecker")
  private final JsonName member;

  ItemKind(String member) {
    this.member = JsonName.of(member);
  }

  /// The array's name in the value.
  public String member() {
    return member.text();
  }

  JsonName memberName() {
    return member;
  }

  /// Whether the array's elements are notifications in changes of this field.
  boolean isItemOf(String field) {
    return switch (field) {
      case "messages" -> this == MESSAGE || this == STATUS || this == ERROR || this == USER_ACTION;
      case "calls" -> this == CALL || this == STATUS || this == ERROR;
      case Submissions.FIELD -> this == SUBMISSION;
      case "smb_message_echoes", "message_echoes" -> this == ECHO;
      default -> false;
    };
  }

  /// The kind whose array the scanner's member is, null if it is none.
  static @Nullable ItemKind ofMember(JsonScanner scanner) {
    for (ItemKind kind : KINDS) {
      if (scanner.nameIs(kind.member)) {
        return kind;
      }
    }
    return null;
  }
}
