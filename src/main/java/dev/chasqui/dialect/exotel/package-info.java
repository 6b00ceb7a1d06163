/// Exotel's callbacks, as a sender and for receivers. It does no input or output. Open
/// [ExotelDialect] for what goes out and [ExotelSource] for what comes in.
@NullMarked
package dev.chasqui.dialect.exotel;

import org.jspecify.annotations.NullMarked;
