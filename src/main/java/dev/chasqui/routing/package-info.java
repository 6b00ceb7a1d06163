/// Who gets what, and why not: pure decisions over an immutable routing table. It reads no store
/// and no clock. Open [Router], then [RoutingTable], [Rule] and [ExplainRoutes].
@NullMarked
package dev.chasqui.routing;

import org.jspecify.annotations.NullMarked;
