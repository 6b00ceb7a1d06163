package dev.chasqui.store.sql;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.OneStep;
import dev.chasqui.store.ResourceStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operators set. Each change counts the version up in its own transaction.
final class SqlResources implements ResourceStore {

  private final OneStep changes = new OneStep();
  private final Database database;
  private final UnusableRows rows;
  private final EndpointRows endpoints;
  private final SecretRows secrets;
  private final TokenRows tokens;
  private final AnsweredKeyRows answers;

  SqlResources(Database database, UnusableRows rows) {
    this.database = database;
    this.rows = rows;
    this.endpoints = new EndpointRows(rows);
    this.secrets = new SecretRows(rows);
    this.tokens = new TokenRows(rows);
    this.answers = new AnsweredKeyRows(rows);
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    return changes.run(change);
  }

  @Override
  public long version() {
    return database.read(s -> s.number("SELECT version FROM revision WHERE id = 1", 0));
  }

  @Override
  public List<Endpoint> endpoints() {
    return database.read(endpoints::all);
  }

  @Override
  public Optional<Endpoint> endpoint(EndpointId id) {
    return database.read(s -> endpoints.find(s, id));
  }

  @Override
  public void putEndpoint(Endpoint endpoint) {
    change(s -> endpoints.put(s, endpoint));
    rows.mended(EndpointRows.resource(endpoint.id()));
  }

  @Override
  public void createEndpoint(Endpoint endpoint, @Nullable AnsweredKey answered) {
    change(
        s -> {
          endpoints.put(s, endpoint);
          if (answered != null) {
            answers.put(s, answered);
          }
        });
  }

  @Override
  public Optional<AnsweredKey> answeredKey(WorkspaceId workspace, String key, Instant since) {
    return database.read(s -> answers.find(s, workspace, key, since));
  }

  @Override
  public boolean deleteEndpoint(EndpointId id) {
    boolean existed =
        database.writeDurably(
            s -> {
              boolean wasThere = endpoints.delete(s, id);
              if (wasThere) {
                countUp(s);
              }
              return wasThere;
            });
    rows.mended(EndpointRows.resource(id));
    return existed;
  }

  @Override
  public List<Waba> wabas() {
    return database.read(
        s ->
            rows.list(
                s,
                "SELECT * FROM wabas ORDER BY workspace, id",
                row -> "WABA " + row.getString("id"),
                row ->
                    new Waba(
                        new WorkspaceId(row.getString("workspace")),
                        row.getString("id"),
                        row.getString("name"),
                        Subscription.valueOf(row.getString("subscription")),
                        fields(row.getString("subscribed_fields")))));
  }

  @Override
  public void putWaba(Waba waba) {
    change(
        s ->
            s.update(
                """
                INSERT INTO wabas (workspace, id, name, subscription, subscribed_fields)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (workspace, id) DO UPDATE SET name = excluded.name,
                  subscription = excluded.subscription,
                  subscribed_fields = excluded.subscribed_fields
                """,
                waba.workspace().value(),
                waba.id(),
                waba.name(),
                waba.subscription().name(),
                String.join(",", waba.fields().stream().sorted().toList())));
  }

  private static Set<String> fields(String stored) {
    return stored.isEmpty() ? Set.of() : Set.of(stored.split(",", -1));
  }

  @Override
  public List<PhoneNumber> phoneNumbers() {
    return database.read(
        s ->
            rows.list(
                s,
                "SELECT * FROM phone_numbers ORDER BY workspace, id",
                row -> "phone number " + row.getString("id"),
                row ->
                    new PhoneNumber(
                        new WorkspaceId(row.getString("workspace")),
                        row.getString("id"),
                        row.getString("waba_id"),
                        row.getString("display_phone_number"))));
  }

  @Override
  public void putPhoneNumber(PhoneNumber number) {
    change(
        s ->
            s.update(
                """
                INSERT INTO phone_numbers (workspace, id, waba_id, display_phone_number)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (workspace, id) DO UPDATE SET waba_id = excluded.waba_id,
                  display_phone_number = excluded.display_phone_number
                """,
                number.workspace().value(),
                number.id(),
                number.wabaId(),
                number.displayPhoneNumber()));
  }

  @Override
  public void learn(Collection<Waba> wabas, Collection<PhoneNumber> numbers) {
    database.<@Nullable Void>writeDurably(
        s -> {
          if (LearnedRows.insert(s, wabas, numbers) > 0) {
            countUp(s);
          }
          return null;
        });
  }

  @Override
  public Optional<App> app(WorkspaceId workspace) {
    return database.read(
        s ->
            s.first(
                "SELECT id, name FROM apps WHERE workspace = ?",
                row -> new App(workspace, row.getString("id"), row.getString("name")),
                workspace.value()));
  }

  @Override
  public void putApp(App app) {
    change(
        s ->
            s.update(
                """
                INSERT INTO apps (workspace, id, name) VALUES (?, ?, ?)
                ON CONFLICT (workspace) DO UPDATE SET id = excluded.id, name = excluded.name
                """,
                app.workspace().value(),
                app.id(),
                app.name()));
  }

  @Override
  public List<Secret> secrets() {
    return database.read(secrets::all);
  }

  @Override
  public void putSecret(
      WorkspaceId workspace, String name, String value, Instant now, Instant formerUntil) {
    Secret secret = new Secret(workspace, name, value, now, null);
    change(s -> secrets.put(s, secret, formerUntil));
  }

  @Override
  public List<Token> tokens() {
    return database.read(tokens::all);
  }

  @Override
  public Optional<Token> token(String hash) {
    return tokens().stream().filter(it -> it.hash().equals(hash)).findFirst();
  }

  @Override
  public void putToken(Token token) {
    change(s -> tokens.put(s, token));
  }

  @Override
  public boolean deleteToken(TokenId id) {
    return database.writeDurably(
        s -> {
          countUp(s);
          return tokens.delete(s, id);
        });
  }

  @Override
  public void tokensUsed(Map<TokenId, Instant> lastUse) {
    database.<@Nullable Void>write(
        s -> {
          tokens.used(s, lastUse);
          return null;
        });
  }

  private void change(Change change) {
    database.<@Nullable Void>writeDurably(
        s -> {
          // First, since on PostgreSQL it keeps other changes waiting until this one is whole.
          countUp(s);
          change.run(s);
          return null;
        });
  }

  static void countUp(Session session) throws SQLException {
    session.update("UPDATE revision SET version = version + 1 WHERE id = 1");
  }

  @FunctionalInterface
  private interface Change {
    void run(Session session) throws SQLException;
  }
}
