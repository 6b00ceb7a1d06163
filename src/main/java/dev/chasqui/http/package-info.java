/// What both HTTP edges stand on: the event loops, blocks of addresses, and bodies that go piece by
/// piece.
@NullMarked
package dev.chasqui.http;

import org.jspecify.annotations.NullMarked;
