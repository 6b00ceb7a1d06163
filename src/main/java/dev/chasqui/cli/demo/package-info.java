/// The demonstration: a day of traffic that checks its own numbers. It speaks to the gateway over
/// HTTP alone, as platform, receiver and operator. Open [Demo], then [Story] and [Expected].
@NullMarked
package dev.chasqui.cli.demo;

import org.jspecify.annotations.NullMarked;
