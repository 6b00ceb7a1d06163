/// Meta's webhook envelope, read and written. Bytes that are passed on are cut from those received
/// and never written anew. Open [MetaDialect] for what goes out, [EnvelopeScanner] and
/// [Notifications] for what comes in.
@NullMarked
package dev.chasqui.dialect.meta;

import org.jspecify.annotations.NullMarked;
