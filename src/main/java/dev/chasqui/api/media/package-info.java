/// Files up to the platform and down from it, for the surfaces that speak of them. A file goes
/// piece by piece and is never held whole. Open [MediaUpstream] first.
@NullMarked
package dev.chasqui.api.media;

import org.jspecify.annotations.NullMarked;
