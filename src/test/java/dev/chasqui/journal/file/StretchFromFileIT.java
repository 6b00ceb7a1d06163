package dev.chasqui.journal.file;

/// What an earlier life wrote.
class StretchFromFileIT extends StretchContract {

  @Override
  FileJournal written(FileJournal appendedTo) {
    appendedTo.close();
    return open(directory);
  }
}
