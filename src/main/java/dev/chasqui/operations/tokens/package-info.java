/// The tokens that callers show: made, listed, ended. A token is told once and stored hashed. Open
/// [TokenOperations] first.
@NullMarked
package dev.chasqui.operations.tokens;

import org.jspecify.annotations.NullMarked;
