package dev.chasqui.http.server;

/// How many bytes of bodies a listener holds.
///
/// @param all until they are answered
/// @param partial those of bodies that have not arrived whole; they count in both
record BodyBudget(BytesInFlight all, PartialBodies partial) {}
