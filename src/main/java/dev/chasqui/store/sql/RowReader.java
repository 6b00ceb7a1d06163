package dev.chasqui.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Makes a value of the row at which the result set stands.
@FunctionalInterface
interface RowReader<T> {

  T read(ResultSet row) throws SQLException;
}
