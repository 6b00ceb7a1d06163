package dev.chasqui.store.sql;

import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.OneStep;
import dev.chasqui.store.SourceStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The table of senders other than Meta.
final class SqlSources implements SourceStore {

  private final OneStep changes = new OneStep();
  private final Database database;
  private final UnusableRows rows;

  SqlSources(Database database, UnusableRows rows) {
    this.database = database;
    this.rows = rows;
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    return changes.run(change);
  }

  @Override
  public List<SourceAccount> sources() {
    return database.read(
        s ->
            rows.list(
                s,
                "SELECT * FROM source_accounts ORDER BY source, id",
                row -> resource(row.getString("source"), row.getString("id")),
                this::account));
  }

  @Override
  public void putSource(SourceAccount account) {
    database.<@Nullable Void>writeDurably(
        s -> {
          put(s, account);
          SqlResources.countUp(s);
          return null;
        });
    rows.mended(resource(account.source().wire(), account.id()));
  }

  private void put(Session session, SourceAccount account) throws SQLException {
    session.update(
        """
        INSERT INTO source_accounts (source, id, workspace, phone_number_id, waba_id,
          display_phone_number, access, admission)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (source, id) DO UPDATE SET workspace = excluded.workspace,
          phone_number_id = excluded.phone_number_id, waba_id = excluded.waba_id,
          display_phone_number = excluded.display_phone_number, access = excluded.access,
          admission = excluded.admission
        """,
        account.source().wire(),
        account.id(),
        account.workspace().value(),
        account.channel().phoneNumberId(),
        account.channel().wabaId(),
        account.channel().displayPhoneNumber(),
        rows.seal(write(account.access()), context(account.source().wire(), account.id())),
        write(account.admission()));
  }

  @Override
  public boolean deleteSource(DialectName source, String id) {
    return database.writeDurably(
        s -> {
          int deleted =
              s.update(
                  "DELETE FROM source_accounts WHERE source = ? AND id = ?", source.wire(), id);
          if (deleted > 0) {
            SqlResources.countUp(s);
          }
          return deleted > 0;
        });
  }

  private SourceAccount account(ResultSet row) throws SQLException {
    String source = row.getString("source");
    String id = row.getString("id");
    return new SourceAccount(
        new WorkspaceId(row.getString("workspace")),
        DialectName.ofWire(source),
        new SourceChannel(
            id,
            row.getString("phone_number_id"),
            row.getString("waba_id"),
            row.getString("display_phone_number")),
        access(rows.open(row.getBytes("access"), context(source, id))),
        admission(row.getString("admission")));
  }

  private static String resource(String source, String id) {
    return source + " account " + id;
  }

  private static String context(String source, String id) {
    return "source " + source + " " + id;
  }

  private static String write(SourceAccount.Access access) {
    List<Map<String, @Nullable Object>> secrets = new ArrayList<>();
    for (SourceAccount.Secret secret : access.secrets()) {
      Map<String, @Nullable Object> written = new LinkedHashMap<>();
      written.put("value", secret.value());
      written.put("until", secret.until() == null ? null : secret.until().toString());
      secrets.add(written);
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("secrets", secrets);
    object.put("apiKey", access.apiKey());
    object.put("apiToken", access.apiToken());
    object.put("urlKey", access.urlKey());
    object.put("verifyToken", access.verifyToken());
    return JsonColumns.write(object);
  }

  private static SourceAccount.Access access(String text) {
    Map<String, @Nullable Object> object = JsonColumns.object(text);
    List<SourceAccount.Secret> secrets = new ArrayList<>();
    if (object.get("secrets") instanceof List<?> written) {
      for (Object one : written) {
        Map<?, ?> secret = (Map<?, ?>) Objects.requireNonNull(one);
        String until = (String) secret.get("until");
        secrets.add(
            new SourceAccount.Secret(
                (String) Objects.requireNonNull(secret.get("value")),
                until == null ? null : Instant.parse(until)));
      }
    }
    return new SourceAccount.Access(
        secrets,
        (String) object.get("apiKey"),
        (String) object.get("apiToken"),
        (String) object.get("urlKey"),
        (String) object.get("verifyToken"));
  }

  private static String write(SourceAccount.Admission admission) {
    List<String> modes = admission.modes().stream().map(AuthenticationMode::text).toList();
    return JsonColumns.write(Map.of("modes", modes, "addresses", admission.addresses()));
  }

  private static SourceAccount.Admission admission(String text) {
    Map<String, @Nullable Object> object = JsonColumns.object(text);
    return new SourceAccount.Admission(
        texts(object, "modes").stream().map(AuthenticationMode::parse).toList(),
        texts(object, "addresses"));
  }

  private static List<String> texts(Map<String, @Nullable Object> object, String name) {
    return object.get(name) instanceof List<?> values
        ? values.stream().map(String.class::cast).toList()
        : List.of();
  }
}
