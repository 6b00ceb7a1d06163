/// What all tests use: clocks that are moved and conditions that are waited for. It knows nothing
/// of the engines. Begin with [dev.chasqui.testkit.Conditions] and
/// [dev.chasqui.testkit.MovedClock].
@NullMarked
package dev.chasqui.testkit;

import org.jspecify.annotations.NullMarked;
