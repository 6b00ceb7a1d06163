/// Messages out, over WhatsApp or a fallback channel.
@NullMarked
package dev.chasqui.messaging;

import org.jspecify.annotations.NullMarked;
