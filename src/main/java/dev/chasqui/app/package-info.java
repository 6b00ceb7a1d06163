/// Composition root and lifecycle: the only place that constructs implementations.
@NullMarked
package dev.chasqui.app;

import org.jspecify.annotations.NullMarked;
