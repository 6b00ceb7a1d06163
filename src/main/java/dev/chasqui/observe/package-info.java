/// Metrics, log lines, and the supervisor that starts every loop and tells how each does. A loop
/// that ends without being asked ends the process. Open [Supervisor] and [Metrics].
@NullMarked
package dev.chasqui.observe;

import org.jspecify.annotations.NullMarked;
