/// The Graph API as clients of the platform know it: callback overrides, subscriptions, messages,
/// media, batches, and calls that are passed on upstream. A call that cannot be understood is
/// refused with Graph's envelope and never answered as done. Open [GraphApi], then
/// [GraphParameters] and [PassThrough].
@NullMarked
package dev.chasqui.api.graph;

import org.jspecify.annotations.NullMarked;
