/// Composition root and lifecycle: the only package that makes implementations and joins them, by
/// hand, top to bottom. It decides nothing that another package could decide; what is left of that
/// kind is on its way out. Open [Gateway], then [Foundations] and [Surfaces].
@NullMarked
package dev.chasqui.app;

import org.jspecify.annotations.NullMarked;
