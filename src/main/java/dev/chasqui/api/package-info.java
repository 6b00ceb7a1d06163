/// What the management surfaces share: who is calling, the callback handshake, and the endpoints
/// that stand for callbacks.
@NullMarked
package dev.chasqui.api;

import org.jspecify.annotations.NullMarked;
