/// The demonstration: a day of traffic that checks its own numbers.
@NullMarked
package dev.chasqui.cli.demo;

import org.jspecify.annotations.NullMarked;
