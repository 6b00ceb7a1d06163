/// The inbound HTTP edge: routes, limits and error mapping on Vert.x.
@NullMarked
package dev.chasqui.http.server;

import org.jspecify.annotations.NullMarked;
