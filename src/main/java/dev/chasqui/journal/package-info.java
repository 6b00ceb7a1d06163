/// The journal's interface, its facts and their codec.
@NullMarked
package dev.chasqui.journal;

import org.jspecify.annotations.NullMarked;
