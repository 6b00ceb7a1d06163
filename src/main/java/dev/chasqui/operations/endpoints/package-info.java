/// Endpoints, the receivers that operators set: made, looked at, changed, paused, tested, deleted.
/// Callbacks of Meta's dialect are looked at here too, but set through the application or Graph.
/// Open [EndpointOperations] first, then [EndpointView] and [EndpointBody].
@NullMarked
package dev.chasqui.operations.endpoints;

import org.jspecify.annotations.NullMarked;
