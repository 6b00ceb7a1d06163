/// A gateway with everything round it simulated, to try things by hand and in tests. Nothing leaves
/// the machine. Open [Sandbox].
@NullMarked
package dev.chasqui.cli.sandbox;

import org.jspecify.annotations.NullMarked;
