/// Watches over the gateway and its receivers, and tells operators what they should know.
@NullMarked
package dev.chasqui.alerts;

import org.jspecify.annotations.NullMarked;
