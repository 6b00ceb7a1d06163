/// The outbound HTTP edge on Vert.x: it resolves, checks and pins addresses, keeps the total
/// deadline and bounds the answer. It knows neither endpoints nor alerts; the caller decides what
/// an answer means. Open [HttpSender], then [Attempt] and [AddressGuard].
@NullMarked
package dev.chasqui.http.client;

import org.jspecify.annotations.NullMarked;
