package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.ItemMembers.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells whether all messages, or all statuses, of a change are about one user. Then the change's
/// only contact is that user, also where the two are spelt in different ways.
final class OnlyUser {

  /// What the platform says of a user stands beside no contact of its own.
  private static final String SYSTEM = "system";

  private OnlyUser() {}

  static boolean isOfAll(ItemKind kind, Contacts contacts, List<ItemMembers> items) {
    return contacts.isOne()
        && switch (kind) {
          case MESSAGE -> isOne(items, Member.FROM, Member.FROM_USER_ID, Member.TYPE, SYSTEM);
          case STATUS ->
              isOne(
                  items,
                  Member.RECIPIENT_ID,
                  Member.RECIPIENT_USER_ID,
                  Member.RECIPIENT_TYPE,
                  "group");
          case ECHO, CALL, ERROR, USER_ACTION, SUBMISSION -> false;
        };
  }

  private static boolean isOne(
      List<ItemMembers> items, Member number, Member userId, Member exempting, String exempted) {
    Set<String> named = new HashSet<>();
    for (ItemMembers item : items) {
      if (item.textOr(exempting, "").equals(exempted)) {
        return false;
      }
      String user = item.textOr(number, "") + " " + item.textOr(userId, "");
      if (!user.isBlank()) {
        named.add(user);
      }
    }
    return named.size() <= 1;
  }
}
