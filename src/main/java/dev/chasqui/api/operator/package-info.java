/// The operator's JSON API under /api/v1.
@NullMarked
package dev.chasqui.api.operator;

import org.jspecify.annotations.NullMarked;
