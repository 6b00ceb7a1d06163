/// A WhatsApp platform to test and demonstrate against.
@NullMarked
package dev.chasqui.sim;

import org.jspecify.annotations.NullMarked;
