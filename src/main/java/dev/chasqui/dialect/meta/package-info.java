/// Meta's webhook envelope in both directions.
@NullMarked
package dev.chasqui.dialect.meta;

import org.jspecify.annotations.NullMarked;
