/// The vocabulary that every other package speaks in: ids, records, closed sets and pure rules. It
/// depends on the JDK alone, reads no clock and does no input or output. Open [Endpoint],
/// [Notification] and [DeliveryState].
@NullMarked
package dev.chasqui.model;

import org.jspecify.annotations.NullMarked;
