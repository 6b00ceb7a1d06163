/// Facts to rows and deliveries: split, deduplicate, route, owe, and keep the ledger of messages
/// and contacts. It sends nothing itself; new deliveries are handed to the dispatcher with their
/// rows. Open [Projection], then [ProjectJournal], [ProjectEvent] and [LedgerWriter].
@NullMarked
package dev.chasqui.projection;

import org.jspecify.annotations.NullMarked;
