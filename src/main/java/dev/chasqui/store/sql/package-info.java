/// The one JDBC implementation of the store, for SQLite and PostgreSQL.
@NullMarked
package dev.chasqui.store.sql;

import org.jspecify.annotations.NullMarked;
