/// Wire languages: parsing, verifying, rendering, signing and classifying, without any I/O.
@NullMarked
package dev.chasqui.dialect;

import org.jspecify.annotations.NullMarked;
