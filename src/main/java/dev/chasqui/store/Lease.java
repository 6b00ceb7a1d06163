package dev.chasqui.store;

import java.time.Instant;

/// The right to work on a delivery for a while. Settling names it, so that a late settle by an old
/// owner changes nothing.
///
/// @param node the owner's name
/// @param fence a number no other lease has
/// @param until when others may take over
public record Lease(String node, long fence, Instant until) {}
