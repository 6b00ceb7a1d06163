/// The embedded journal: segment files with group commit.
@NullMarked
package dev.chasqui.journal.file;

import org.jspecify.annotations.NullMarked;
