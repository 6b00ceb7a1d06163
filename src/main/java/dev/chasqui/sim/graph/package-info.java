/// The platform's receiving side: a Graph API for messages, media and callbacks that never leaves
/// the machine. It accepts what published clients send and refuses what the platform refuses. Open
/// [FakeGraph], then [MessageCheck] and [CallbackNodes].
@NullMarked
package dev.chasqui.sim.graph;

import org.jspecify.annotations.NullMarked;
