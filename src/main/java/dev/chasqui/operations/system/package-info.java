/// The gateway as a process: its version, its settings in force, how its journal and store are. It
/// is told to tokens of the default workspace alone. Open [SystemOperations].
@NullMarked
package dev.chasqui.operations.system;

import org.jspecify.annotations.NullMarked;
