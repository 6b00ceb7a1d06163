/// The commands of the launcher. A command reads its options and hands over; what it does is
/// elsewhere. Open [Main], then [ServeCommand].
@NullMarked
package dev.chasqui.cli;

import org.jspecify.annotations.NullMarked;
