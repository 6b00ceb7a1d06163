package dev.chasqui.delivery;

import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Time and chance.
///
/// @param clock the wall clock, for due times and leases
/// @param nanos a clock that never jumps, for pauses and rates
/// @param random for jitter and the first fence; safe for use by many threads
public record Timing(Clock clock, LongSupplier nanos, RandomGenerator random) {}
