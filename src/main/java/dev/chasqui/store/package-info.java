/// The store's interface, one role a type: what is atomic, what a lost race returns, what is
/// thrown. It names no database. Open [Store], then [ProjectionStore], [DeliveryStore] and
/// [ResourceStore].
@NullMarked
package dev.chasqui.store;

import org.jspecify.annotations.NullMarked;
