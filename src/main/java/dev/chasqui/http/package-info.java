/// What both HTTP edges stand on: the event loops, and blocks of addresses.
@NullMarked
package dev.chasqui.http;

import org.jspecify.annotations.NullMarked;
