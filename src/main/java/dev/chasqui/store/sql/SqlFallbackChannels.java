package dev.chasqui.store.sql;

import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.FallbackChannel.Credential;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.OneStep;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and writes fallback channels, their secrets sealed.
final class SqlFallbackChannels implements FallbackStore {

  private static final String SECRETS = "secrets";
  private static final String UUIDS = "uuids";

  private final OneStep changes = new OneStep();
  private final Database database;
  private final UnusableRows rows;

  SqlFallbackChannels(Database database, UnusableRows rows) {
    this.database = database;
    this.rows = rows;
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    return changes.run(change);
  }

  @Override
  public List<FallbackChannel> fallbackChannels() {
    return database.read(
        s ->
            rows.list(
                s,
                "SELECT * FROM fallback_channels ORDER BY workspace, phone_number_id",
                row -> resource(row.getString("phone_number_id")),
                this::channel));
  }

  @Override
  public Optional<FallbackChannel> fallbackChannel(WorkspaceId workspace, String phoneNumberId) {
    return database
        .read(
            s ->
                s.list(
                    "SELECT * FROM fallback_channels WHERE workspace = ? AND phone_number_id = ?",
                    this::channel,
                    workspace.value(),
                    phoneNumberId))
        .stream()
        .findFirst();
  }

  @Override
  public void putFallbackChannel(FallbackChannel channel) {
    database.<@Nullable Void>writeDurably(
        s -> {
          put(s, channel);
          SqlResources.countUp(s);
          return null;
        });
    rows.mended(resource(channel.phoneNumberId()));
  }

  private void put(Session session, FallbackChannel channel) throws SQLException {
    String workspace = channel.workspace().value();
    session.update(
        """
        INSERT INTO fallback_channels (workspace, phone_number_id, url, error_threshold,
          resend_on_switch, access)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace, phone_number_id) DO UPDATE SET url = excluded.url,
          error_threshold = excluded.error_threshold,
          resend_on_switch = excluded.resend_on_switch, access = excluded.access
        """,
        workspace,
        channel.phoneNumberId(),
        channel.url().toString(),
        channel.errorThreshold(),
        channel.resendOnSwitch() ? 1 : 0,
        rows.seal(access(channel), context(workspace, channel.phoneNumberId())));
  }

  @Override
  public boolean deleteFallbackChannel(WorkspaceId workspace, String phoneNumberId) {
    return database.writeDurably(
        s -> {
          int deleted =
              s.update(
                  "DELETE FROM fallback_channels WHERE workspace = ? AND phone_number_id = ?",
                  workspace.value(),
                  phoneNumberId);
          if (deleted > 0) {
            SqlResources.countUp(s);
          }
          return deleted > 0;
        });
  }

  private FallbackChannel channel(ResultSet row) throws SQLException {
    String workspace = row.getString("workspace");
    String number = row.getString("phone_number_id");
    Map<String, @Nullable Object> access =
        JsonColumns.object(rows.open(row.getBytes("access"), context(workspace, number)));
    return new FallbackChannel(
        new WorkspaceId(workspace),
        number,
        URI.create(row.getString("url")),
        credentials(access, SECRETS),
        row.getInt("error_threshold"),
        row.getInt("resend_on_switch") != 0,
        credentials(access, UUIDS));
  }

  private static String resource(String phoneNumberId) {
    return "fallback channel of phone number " + phoneNumberId;
  }

  private static String context(String workspace, String phoneNumberId) {
    return "fallback " + workspace + " " + phoneNumberId;
  }

  private static String access(FallbackChannel channel) {
    return JsonColumns.write(
        Map.of(SECRETS, written(channel.secrets()), UUIDS, written(channel.uuids())));
  }

  private static List<Map<String, @Nullable Object>> written(List<Credential> credentials) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Credential credential : credentials) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("value", credential.value());
      one.put("until", credential.until() == null ? null : credential.until().toString());
      list.add(one);
    }
    return list;
  }

  private static List<Credential> credentials(Map<String, @Nullable Object> access, String name) {
    List<Credential> credentials = new ArrayList<>();
    for (Object one : (List<?>) Objects.requireNonNull(access.get(name))) {
      Map<?, ?> written = (Map<?, ?>) Objects.requireNonNull(one);
      String until = (String) written.get("until");
      credentials.add(
          new Credential(
              (String) Objects.requireNonNull(written.get("value")),
              until == null ? null : Instant.parse(until)));
    }
    return credentials;
  }
}
