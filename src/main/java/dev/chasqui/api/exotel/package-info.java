/// Exotel's webhook configuration, so that what was written for Exotel can be pointed at the
/// gateway. It speaks Exotel's words alone; what is set lives with the endpoints of the dialect.
/// Open [ExotelApi], then [WebhookBody].
@NullMarked
package dev.chasqui.api.exotel;

import org.jspecify.annotations.NullMarked;
