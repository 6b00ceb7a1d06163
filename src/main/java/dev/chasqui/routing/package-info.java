/// Who gets what, and why not: pure decisions over an immutable routing table.
@NullMarked
package dev.chasqui.routing;

import org.jspecify.annotations.NullMarked;
