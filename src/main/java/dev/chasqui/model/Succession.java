package dev.chasqui.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A user is known by other ids than before: the phone number or the business-scoped user id has
/// changed.
///
/// @param former what it was known by
/// @param current what it is known by now; an id that did not change need not be told
/// @param at when, by the platform's clock
public record Succession(Participant former, Participant current, @Nullable Instant at) {}
