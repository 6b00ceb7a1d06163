/// Exotel: its callback shapes, in both directions.
@NullMarked
package dev.chasqui.dialect.exotel;

import org.jspecify.annotations.NullMarked;
