/// Messages out: to the platform, or over a fallback channel, each written down before it is
/// answered.
@NullMarked
package dev.chasqui.messaging;

import org.jspecify.annotations.NullMarked;
