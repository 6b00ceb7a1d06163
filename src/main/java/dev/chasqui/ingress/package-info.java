/// Webhooks in: limits, signature, summary, durable append, answer. It never sees the store or a
/// delivery, so that a webhook is acknowledged though both are away. Open [Ingress], then
/// [ReceiveWebhook] and [DedupWindow].
@NullMarked
package dev.chasqui.ingress;

import org.jspecify.annotations.NullMarked;
