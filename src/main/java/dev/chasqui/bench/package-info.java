/// The benchmark: load and receivers that cost little, a gateway in a process of its own.
@NullMarked
package dev.chasqui.bench;

import org.jspecify.annotations.NullMarked;
