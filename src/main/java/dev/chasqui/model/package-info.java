/// The vocabulary: ids, records and pure rules that every other package speaks in.
@NullMarked
package dev.chasqui.model;

import org.jspecify.annotations.NullMarked;
