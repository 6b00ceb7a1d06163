/// Messages out: to the platform or over a fallback channel, each written down before it is
/// answered, none sent twice under one key. It knows neither the surface that a message came from
/// nor the dispatcher. Open [SendMessage], then [Transmit], [SendKeyed] and [ResendSwitched].
@NullMarked
package dev.chasqui.messaging;

import org.jspecify.annotations.NullMarked;
