/// The embedded journal: preallocated segments, one writer that commits in groups, positional
/// reads. A failed fsync ends all acknowledgements; nothing is repaired silently. Open
/// [FileJournal], then [JournalWriter], [Recovery] and [SegmentPreparer].
@NullMarked
package dev.chasqui.journal.file;

import org.jspecify.annotations.NullMarked;
