/// A gateway in a process of its own, started and spoken to from outside, for the demonstration,
/// the benchmark and tests. It knows the operator API and nothing of the gateway's inside. Open
/// [ChildProcess] and [ApiClient].
@NullMarked
package dev.chasqui.cli.child;

import org.jspecify.annotations.NullMarked;
