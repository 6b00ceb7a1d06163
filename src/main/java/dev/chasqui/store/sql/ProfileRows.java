package dev.chasqui.store.sql;

import dev.chasqui.store.ContactStore.Profile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What clients keep of contacts, under the keys of their rows.
final class ProfileRows {

  private ProfileRows() {}

  /// A contact's row has become part of another.
  record Move(ContactJoin.Ref from, ContactJoin.Ref to) {}

  static Optional<Profile> find(Session session, ContactJoin.Ref ref) throws SQLException {
    return session.first(
        "SELECT * FROM contact_profiles WHERE workspace = ? AND contact_key = ?",
        ProfileRows::profile,
        ref.workspace(),
        ref.id());
  }

  static void put(Session session, ContactJoin.Ref ref, Profile profile) throws SQLException {
    session.update(
        """
        INSERT INTO contact_profiles (workspace, contact_key, fields, generation, updated_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (workspace, contact_key) DO UPDATE SET fields = excluded.fields,
          generation = excluded.generation, updated_at = excluded.updated_at
        """,
        ref.workspace(),
        ref.id(),
        profile.fields(),
        profile.generation(),
        profile.updatedAt().toEpochMilli());
  }

  static void move(Session session, List<Move> moves) throws SQLException {
    for (Move move : moves) {
      Optional<Profile> moving = find(session, move.from());
      if (moving.isPresent()) {
        Optional<Profile> there = find(session, move.to());
        put(
            session,
            move.to(),
            there.isPresent() ? joined(moving.get(), there.get()) : moving.get());
        session.update(
            "DELETE FROM contact_profiles WHERE workspace = ? AND contact_key = ?",
            move.from().workspace(),
            move.from().id());
      }
    }
  }

  /// The fields of both; of a field that both have, the one of the newer profile.
  private static Profile joined(Profile one, Profile other) {
    boolean isNewer = one.updatedAt().isAfter(other.updatedAt());
    Profile newer = isNewer ? one : other;
    Profile older = isNewer ? other : one;
    Map<String, @Nullable Object> fields = new HashMap<>(JsonColumns.object(older.fields()));
    fields.putAll(JsonColumns.object(newer.fields()));
    return new Profile(
        JsonColumns.write(fields),
        Math.max(one.generation(), other.generation()) + 1,
        newer.updatedAt());
  }

  private static Profile profile(ResultSet row) throws SQLException {
    return new Profile(
        Columns.text(row, "fields"),
        row.getLong("generation"),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}
