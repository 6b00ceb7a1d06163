/// Sends what is owed: lanes, bounds, attempts, retries, endpoint health, dead letters, replays. It
/// never sees webhooks coming in or how they were routed, and holds no transaction open while it
/// sends. Open [Dispatcher] first, then [DispatchState], [MakeAttempt] and [SettleOutcomes].
@NullMarked
package dev.chasqui.delivery;

import org.jspecify.annotations.NullMarked;
