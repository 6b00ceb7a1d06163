/// Lanes, dispatch, retries and dead letters; owns the port Sender.
@NullMarked
package dev.chasqui.delivery;

import org.jspecify.annotations.NullMarked;
