/// Finds what an operator should know and tells it once: to the log, the API and a webhook. It
/// watches and never acts: whether something is sent, paused or disabled is decided elsewhere. Open
/// [Alerts] first, then a watch such as [SilenceWatch], and [SendNotices].
@NullMarked
package dev.chasqui.alerts;

import org.jspecify.annotations.NullMarked;
