/// A gateway with everything round it simulated, to try things by hand and in tests.
@NullMarked
package dev.chasqui.cli.sandbox;

import org.jspecify.annotations.NullMarked;
