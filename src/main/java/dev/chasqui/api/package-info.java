/// The management surfaces; what they can do is in the package operations. Sub-packages hold one
/// surface each.
@NullMarked
package dev.chasqui.api;

import org.jspecify.annotations.NullMarked;
