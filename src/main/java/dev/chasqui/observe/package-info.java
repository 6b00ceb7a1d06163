/// Metrics, log lines and health values.
@NullMarked
package dev.chasqui.observe;

import org.jspecify.annotations.NullMarked;
