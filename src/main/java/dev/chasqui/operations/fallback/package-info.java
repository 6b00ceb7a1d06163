/// Fallback channels: the bridge to another channel that takes over where WhatsApp does not reach a
/// contact. Open [FallbackOperations].
@NullMarked
package dev.chasqui.operations.fallback;

import org.jspecify.annotations.NullMarked;
