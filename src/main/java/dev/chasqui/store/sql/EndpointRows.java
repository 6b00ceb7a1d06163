package dev.chasqui.store.sql;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.WorkspaceId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The table of endpoints. A deleted endpoint keeps its row without its secrets: the deliveries it
/// was owed belong to its workspace for as long as they are kept.
final class EndpointRows {

  private static final String PUT =
      """
      INSERT INTO endpoints (id, workspace, name, dialect, switched, role, url, waba_id,
        phone_number_id, interest, access, policy, deleted)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
      ON CONFLICT (id) DO UPDATE SET workspace = excluded.workspace, name = excluded.name,
        dialect = excluded.dialect, switched = excluded.switched, role = excluded.role,
        url = excluded.url, waba_id = excluded.waba_id,
        phone_number_id = excluded.phone_number_id, interest = excluded.interest,
        access = excluded.access, policy = excluded.policy, deleted = 0
      """;

  /// Stands in for an address that cannot be read; the domain is reserved, nobody has it.
  private static final URI NOWHERE = URI.create("https://unreadable.invalid/");

  /// Stands in for a policy that cannot be read.
  private static final Policy CAREFUL =
      new Policy(
          Duration.ofSeconds(5),
          new Policy.Retry(List.of(), 0, true),
          1,
          null,
          Policy.Ordering.NONE,
          new Policy.Verdicts(new Policy.StatusSet("2xx"), Policy.StatusSet.NONE, Set.of()));

  private final UnusableRows rows;

  EndpointRows(UnusableRows rows) {
    this.rows = rows;
  }

  List<Endpoint> all(Session session) throws SQLException {
    return rows.list(
        session,
        "SELECT * FROM endpoints WHERE deleted = 0 ORDER BY id",
        row -> resource(EndpointId.fromBytes(row.getBytes("id"))),
        this::endpoint);
  }

  Optional<Endpoint> find(Session session, EndpointId id) throws SQLException {
    return session.first(
        "SELECT * FROM endpoints WHERE id = ? AND deleted = 0", this::endpoint, id.toBytes());
  }

  /// How an endpoint is called where it is noted as unusable.
  static String resource(EndpointId id) {
    return "endpoint " + id;
  }

  void put(Session session, Endpoint endpoint) throws SQLException {
    session.update(
        PUT,
        endpoint.id().toBytes(),
        endpoint.workspace().value(),
        endpoint.identity().name(),
        endpoint.dialect().wire(),
        endpoint.identity().switched().name(),
        endpoint.role().name(),
        endpoint.url().toString(),
        endpoint.scope().wabaId(),
        endpoint.scope().phoneNumberId(),
        EndpointColumns.write(endpoint.interest()),
        sealed(endpoint),
        EndpointColumns.write(endpoint.policy()));
  }

  /// @return whether there was one
  boolean delete(Session session, EndpointId id) throws SQLException {
    return session.update(
            "UPDATE endpoints SET deleted = 1, access = NULL WHERE id = ? AND deleted = 0",
            id.toBytes())
        > 0;
  }

  private byte @Nullable [] sealed(Endpoint endpoint) {
    return endpoint.access().equals(Endpoint.Access.NONE)
        ? null
        : rows.seal(EndpointColumns.write(endpoint.access()), context(endpoint.id()));
  }

  private Endpoint.Access access(EndpointId id, ResultSet row) throws SQLException {
    byte[] sealed = row.getBytes("access");
    return sealed == null
        ? Endpoint.Access.NONE
        : EndpointColumns.access(rows.open(sealed, context(id)));
  }

  private static String context(EndpointId id) {
    return "endpoint " + id;
  }

  /// Reads an endpoint. A part that cannot be read is noted and replaced, and the endpoint is
  /// switched off: its backlog stays, and an operator can set the part anew.
  private Endpoint endpoint(ResultSet row) throws SQLException {
    EndpointId id = EndpointId.fromBytes(row.getBytes("id"));
    WorkspaceId workspace = new WorkspaceId(row.getString("workspace"));
    Salvage parts = new Salvage(rows, workspace, resource(id));
    URI url = parts.read(() -> URI.create(row.getString("url")), NOWHERE);
    Endpoint.Interest interest =
        parts.read(
            () -> EndpointColumns.interest(row.getString("interest")), Endpoint.Interest.ALL);
    Endpoint.Access access = parts.read(() -> access(id, row), Endpoint.Access.NONE);
    Policy policy = parts.read(() -> EndpointColumns.policy(row.getString("policy")), CAREFUL);
    Switch switched = parts.read(() -> Switch.valueOf(row.getString("switched")), Switch.DISABLED);
    return new Endpoint(
        new Endpoint.Identity(
            id,
            workspace,
            row.getString("name"),
            DialectName.ofWire(row.getString("dialect")),
            parts.isWhole() ? switched : Switch.DISABLED),
        Endpoint.Role.valueOf(row.getString("role")),
        url,
        new Endpoint.Scope(row.getString("waba_id"), row.getString("phone_number_id")),
        interest,
        access,
        policy);
  }

  /// Reads the parts of one row.
  private static final class Salvage {

    private final UnusableRows rows;
    private final WorkspaceId workspace;
    private final String resource;
    private boolean isWhole = true;

    Salvage(UnusableRows rows, WorkspaceId workspace, String resource) {
      this.rows = rows;
      this.workspace = workspace;
      this.resource = resource;
    }

    boolean isWhole() {
      return isWhole;
    }

    <T> T read(Part<T> part, T instead) throws SQLException {
      try {
        return part.read();
      } catch (RuntimeException e) {
        boolean mayBeWrongKey = e instanceof UnusableRows.SealBrokenException && !rows.hasOpened();
        if (mayBeWrongKey) {
          throw e;
        }
        rows.note(workspace, resource, e);
        isWhole = false;
        return instead;
      }
    }
  }

  /// Reads a part of a row.
  @FunctionalInterface
  private interface Part<T> {
    T read() throws SQLException;
  }
}
