/// Turn's API on the public listener, so that a client that was written for Turn can be pointed at
/// the gateway (docs/turn-api.md). It checks and answers in Turn's words and sends through the
/// message service, never by itself. Open [TurnApi], then [MessageCalls] and [TurnGate].
@NullMarked
package dev.chasqui.api.turn;

import org.jspecify.annotations.NullMarked;
