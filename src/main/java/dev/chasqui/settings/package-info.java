/// Typed settings, their loader and their documentation.
@NullMarked
package dev.chasqui.settings;

import org.jspecify.annotations.NullMarked;
