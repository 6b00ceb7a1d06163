/// Deliveries and dead letters: listed, looked into, tried at once. Nothing is sent here; what is
/// due is left to the dispatcher. Open [DeliveryOperations] first, then [DeliveryFilter] and
/// [dev.chasqui.operations.DeliveryView].
@NullMarked
package dev.chasqui.operations.deliveries;

import org.jspecify.annotations.NullMarked;
