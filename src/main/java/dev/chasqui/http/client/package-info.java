/// The outbound HTTP edge: sending, the address guard, pools and deadlines on Vert.x.
@NullMarked
package dev.chasqui.http.client;

import org.jspecify.annotations.NullMarked;
