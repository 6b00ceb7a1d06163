package dev.chasqui.store.sql;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.SecretSealer;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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

  private final SecretSealer sealer;

  EndpointRows(SecretSealer sealer) {
    this.sealer = sealer;
  }

  List<Endpoint> all(Session session) throws SQLException {
    return session.list("SELECT * FROM endpoints WHERE deleted = 0 ORDER BY id", this::endpoint);
  }

  Optional<Endpoint> find(Session session, EndpointId id) throws SQLException {
    return session.first(
        "SELECT * FROM endpoints WHERE id = ? AND deleted = 0", this::endpoint, id.toBytes());
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
        EndpointJson.write(endpoint.interest()),
        sealed(endpoint),
        EndpointJson.write(endpoint.policy()));
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
        : sealer.seal(EndpointJson.write(endpoint.access()), context(endpoint.id()));
  }

  private Endpoint.Access access(EndpointId id, ResultSet row) throws SQLException {
    byte[] sealed = row.getBytes("access");
    return sealed == null
        ? Endpoint.Access.NONE
        : EndpointJson.access(sealer.open(sealed, context(id)));
  }

  private static String context(EndpointId id) {
    return "endpoint " + id;
  }

  private Endpoint endpoint(ResultSet row) throws SQLException {
    EndpointId id = EndpointId.fromBytes(row.getBytes("id"));
    return new Endpoint(
        new Endpoint.Identity(
            id,
            new WorkspaceId(row.getString("workspace")),
            row.getString("name"),
            DialectName.ofWire(row.getString("dialect")),
            Endpoint.Switch.valueOf(row.getString("switched"))),
        Endpoint.Role.valueOf(row.getString("role")),
        URI.create(row.getString("url")),
        new Endpoint.Scope(row.getString("waba_id"), row.getString("phone_number_id")),
        EndpointJson.interest(row.getString("interest")),
        access(id, row),
        EndpointJson.policy(row.getString("policy")));
  }
}
