/// A WhatsApp platform to test and demonstrate against: senders, receivers and samples of every
/// message type. It shares no code with the dialects that it checks. Open [Platform], then
/// [WebhookFactory] and [SampleReceiver].
@NullMarked
package dev.chasqui.sim;

import org.jspecify.annotations.NullMarked;
