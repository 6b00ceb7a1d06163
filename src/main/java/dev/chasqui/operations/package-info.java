/// Everything that can be asked or done, whatever the surface: each is an [Operation] with a name,
/// a record in, a record out, and who may. Surfaces (the operator API, the console, Graph, Turn and
/// Exotel clients) are thin writers of these records and never touch the store; this package knows
/// no HTTP. Begin with [Operation] and [Invocation], then a class that lists some, such as
/// [dev.chasqui.operations.tokens.TokenOperations].
@NullMarked
package dev.chasqui.operations;

import org.jspecify.annotations.NullMarked;
