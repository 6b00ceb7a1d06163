/// The store's interface in roles: projection, deliveries, resources and read views.
@NullMarked
package dev.chasqui.store;

import org.jspecify.annotations.NullMarked;
