package dev.chasqui.store.sql;

import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Waba;
import java.sql.SQLException;
import java.util.Collection;

/// Accounts and numbers that traffic names; what an operator said of them stays.
final class LearnedRows {

  private LearnedRows() {}

  /// @return how many were new
  static int insert(Session session, Collection<Waba> wabas, Collection<PhoneNumber> numbers)
      throws SQLException {
    int added = 0;
    for (Waba waba : wabas) {
      added +=
          session.update(
              """
              INSERT INTO wabas (workspace, id, name, subscription) VALUES (?, ?, ?, ?)
              ON CONFLICT (workspace, id) DO NOTHING
              """,
              waba.workspace().value(),
              waba.id(),
              waba.name(),
              waba.subscription().name());
    }
    for (PhoneNumber number : numbers) {
      added +=
          session.update(
              """
              INSERT INTO phone_numbers (workspace, id, waba_id, display_phone_number)
              VALUES (?, ?, ?, ?)
              ON CONFLICT (workspace, id) DO NOTHING
              """,
              number.workspace().value(),
              number.id(),
              number.wabaId(),
              number.displayPhoneNumber());
    }
    return added;
  }
}
