/// Turn's API on the public listener, so that a client that was written for Turn can be pointed at
/// the gateway (docs/turn-api.md).
@NullMarked
package dev.chasqui.api.turn;

import org.jspecify.annotations.NullMarked;
