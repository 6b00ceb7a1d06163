/// The one JDBC implementation of the store, for SQLite and PostgreSQL. What differs between them
/// stands in [SqlDialect] and the two databases; SQLite is written by one thread. Open [SqlStore],
/// then [SqlProjection], [SqliteWriter] and [Migrations].
@NullMarked
package dev.chasqui.store.sql;

import org.jspecify.annotations.NullMarked;
