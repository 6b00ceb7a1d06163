/// The one wrapper round the JSON library: reading trees for the APIs, scanning raw bytes with
/// offsets.
@NullMarked
package dev.chasqui.json;

import org.jspecify.annotations.NullMarked;
