/// Events: listed, looked into, told byte by byte, and explained. They are read only; sending them
/// again is a replay. Open [EventOperations] first, then [EventFilter] and [EventView].
@NullMarked
package dev.chasqui.operations.events;

import org.jspecify.annotations.NullMarked;
