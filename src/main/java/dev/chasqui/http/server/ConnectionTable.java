package dev.chasqui.http.server;

import dev.chasqui.http.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One loop's open connections. Only that loop touches it.
final class ConnectionTable {

  private final List<Connection> connections = new ArrayList<>();

  void add(Connection connection) {
    connection.index = connections.size();
    connections.add(connection);
  }

  /// Puts the last one into the gap, so that removal costs the same however many there are.
  ///
  /// @return whether it was there
  boolean remove(Connection connection) {
    int index = connection.index;
    if (index >= connections.size() || connections.get(index) != connection) {
      return false;
    }
    Connection last = connections.removeLast();
    if (last != connection) {
      connections.set(index, last);
      last.index = index;
    }
    return true;
  }

  /// Newest first, so that an action may remove the connection it is given.
  void forEach(Consumer<Connection> action) {
    for (int i = connections.size() - 1; i >= 0; i--) {
      action.accept(connections.get(i));
    }
  }

  /// The connection of an address that has waited longest of those that never had an answer, null
  /// if there is none.
  @Nullable Connection longestUseless(AddressBlock address) {
    Connection found = null;
    for (Connection connection : connections) {
      boolean isCandidate =
          connection.isUseless() && AddressBlock.of(connection.peer()).equals(address);
      if (isCandidate && (found == null || connection.since() < found.since())) {
        found = connection;
      }
    }
    return found;
  }
}
