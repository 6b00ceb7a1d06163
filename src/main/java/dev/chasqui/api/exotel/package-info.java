/// Exotel's webhook configuration, so that what was written for Exotel can be pointed at the
/// gateway.
@NullMarked
package dev.chasqui.api.exotel;

import org.jspecify.annotations.NullMarked;
