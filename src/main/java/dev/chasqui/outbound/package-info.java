/// The port through which everything leaves the gateway: deliveries, handshakes, alerts, calls
/// upstream. It holds no implementation; the client on Vert.x is one. Open [Sender].
@NullMarked
package dev.chasqui.outbound;

import org.jspecify.annotations.NullMarked;
