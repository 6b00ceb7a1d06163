/// The durable log in front of the store: its interface, its facts and their codec. What must
/// survive a crash and is no operator's setting is a [Fact]. Open [Journal], then [Fact] and
/// [FactCodec].
@NullMarked
package dev.chasqui.journal;

import org.jspecify.annotations.NullMarked;
