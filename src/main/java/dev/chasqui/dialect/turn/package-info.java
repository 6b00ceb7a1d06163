/// Turn: the on-premises shape, in both directions.
@NullMarked
package dev.chasqui.dialect.turn;

import org.jspecify.annotations.NullMarked;
