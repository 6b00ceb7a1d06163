/// The Graph-compatible management surface: callback overrides and subscriptions.
@NullMarked
package dev.chasqui.api.graph;

import org.jspecify.annotations.NullMarked;
