package dev.chasqui.store.sql;

import java.sql.SQLException;

/// A unit of work on one connection.
@FunctionalInterface
interface SqlWork<T extends @org.jspecify.annotations.Nullable Object> {

  T run(Session session) throws SQLException;
}
