/// The on-premises shape that Turn speaks, as a sender and for receivers, and the bridge's events.
/// It does no input or output. Open [TurnDialect] for what goes out, [TurnSource] and
/// [FallbackSource] for what comes in.
@NullMarked
package dev.chasqui.dialect.turn;

import org.jspecify.annotations.NullMarked;
