package dev.chasqui.messaging;

import dev.chasqui.model.Sending.Outcome;

/// The result of giving a message to upstream or to the fallback bridge.
///
/// @param outcome what is written down of it
/// @param answer what the client is told
/// @param isToBeKept whether it is written down even if nothing was written before: it was or may
///   have been sent, or its refusal says something of the recipient
record Transmission(Outcome outcome, SendAnswer answer, boolean isToBeKept) {}
