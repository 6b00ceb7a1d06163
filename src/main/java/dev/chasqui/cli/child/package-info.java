/// A gateway in a process of its own, started and spoken to from outside.
@NullMarked
package dev.chasqui.cli.child;

import org.jspecify.annotations.NullMarked;
