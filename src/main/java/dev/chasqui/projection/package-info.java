/// Facts to rows and deliveries: split, deduplicate, route, owe, and keep the ledger.
@NullMarked
package dev.chasqui.projection;

import org.jspecify.annotations.NullMarked;
