/// Webhooks in: verify, summarise, make durable, answer.
@NullMarked
package dev.chasqui.ingress;

import org.jspecify.annotations.NullMarked;
