/// What all wire formats have in common: parsing, verifying, rendering, signing, classifying, and
/// the retry schedule. No class here or below does input or output or reads a clock. Open [Dialect]
/// and [SourceDialect].
@NullMarked
package dev.chasqui.dialect;

import org.jspecify.annotations.NullMarked;
