/// Standard Webhooks, outbound.
@NullMarked
package dev.chasqui.dialect.standard;

import org.jspecify.annotations.NullMarked;
