/// Files up to the platform and down from it, piece by piece, for the surfaces that speak of them.
@NullMarked
package dev.chasqui.api.media;

import org.jspecify.annotations.NullMarked;
