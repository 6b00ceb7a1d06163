package dev.chasqui.store.sql;

import dev.chasqui.model.Unusable;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.SecretSealer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Notes the resources that cannot be read: rows of a restored backup or of another version. Each
/// is left out, so that one row never stops the process. Only if no secret at all can be opened is
/// the key the wrong one, and the start fails.
final class UnusableRows implements SecretSealer {

  private static final Logger LOG = System.getLogger(UnusableRows.class.getName());

  private final SecretSealer sealer;
  private final Map<String, Unusable> noted = new ConcurrentHashMap<>();
  private final AtomicBoolean hasOpened = new AtomicBoolean();

  UnusableRows(SecretSealer sealer) {
    this.sealer = sealer;
  }

  /// The rows that cannot be read, as of now.
  List<Unusable> all() {
    return List.copyOf(noted.values());
  }

  /// Reads rows, and leaves out those that cannot be read.
  ///
  /// @param name the kind and id of a row's resource
  <T> List<T> list(Session session, String sql, RowReader<String> name, RowReader<T> reader)
      throws SQLException {
    List<SealBrokenException> broken = new ArrayList<>();
    List<Optional<T>> read = session.list(sql, row -> read(row, name, reader, broken));
    if (!broken.isEmpty() && !hasOpened()) {
      throw broken.getFirst();
    }
    return read.stream().flatMap(Optional::stream).toList();
  }

  /// Whether the key has opened anything yet.
  boolean hasOpened() {
    return hasOpened.get();
  }

  private <T> Optional<T> read(
      ResultSet row, RowReader<String> name, RowReader<T> reader, List<SealBrokenException> broken)
      throws SQLException {
    String resource = name.read(row);
    try {
      noted.remove(resource);
      return Optional.of(reader.read(row));
    } catch (RuntimeException e) {
      if (e instanceof SealBrokenException seal) {
        broken.add(seal);
      }
      note(workspace(row), resource, e);
      return Optional.empty();
    }
  }

  /// Notes that a resource, or a part of it, cannot be read.
  void note(@Nullable WorkspaceId workspace, String resource, RuntimeException fault) {
    String reason =
        fault instanceof SealBrokenException
            ? "its secrets do not open with the key of this gateway"
            : "it cannot be read (" + fault.getClass().getSimpleName() + ")";
    WorkspaceId owner = workspace == null ? WorkspaceId.DEFAULT : workspace;
    if (noted.put(resource, new Unusable(owner, resource, reason)) == null) {
      // Without the fault's message: it may hold the value.
      LOG.log(Level.ERROR, resource + " cannot be used: " + reason);
    }
  }

  /// The resource was set anew or deleted.
  void mended(String resource) {
    noted.remove(resource);
  }

  private static @Nullable WorkspaceId workspace(ResultSet row) throws SQLException {
    try {
      return new WorkspaceId(row.getString("workspace"));
    } catch (RuntimeException _) {
      return null;
    }
  }

  @Override
  public byte[] seal(String plain, String context) {
    return sealer.seal(plain, context);
  }

  /// @throws SealBrokenException if the key does not open it
  @Override
  public String open(byte[] sealed, String context) {
    String opened;
    try {
      opened = sealer.open(sealed, context);
    } catch (IllegalStateException e) {
      throw new SealBrokenException(e);
    }
    hasOpened.set(true);
    return opened;
  }

  /// A sealed text does not open.
  static final class SealBrokenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    SealBrokenException(IllegalStateException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
