/// The commands of the launcher.
@NullMarked
package dev.chasqui.cli;

import org.jspecify.annotations.NullMarked;
