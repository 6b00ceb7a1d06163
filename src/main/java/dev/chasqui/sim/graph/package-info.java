/// The platform's receiving side: a Graph API for messages, media and callbacks that never leaves
/// the machine.
@NullMarked
package dev.chasqui.sim.graph;

import org.jspecify.annotations.NullMarked;
