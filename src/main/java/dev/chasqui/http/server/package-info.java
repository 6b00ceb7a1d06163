/// The inbound HTTP edge on Vert.x: listeners, limits, routes, errors. Everything that a client
/// could exhaust has a bound here, before any handler runs. Open [HttpListener], then [Connection],
/// [Routes] and [BlockingRequests].
@NullMarked
package dev.chasqui.http.server;

import org.jspecify.annotations.NullMarked;
