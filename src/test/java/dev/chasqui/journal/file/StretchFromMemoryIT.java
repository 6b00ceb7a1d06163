package dev.chasqui.journal.file;

/// What was written a moment ago.
class StretchFromMemoryIT extends StretchContract {

  @Override
  FileJournal written(FileJournal appendedTo) {
    return appendedTo;
  }
}
