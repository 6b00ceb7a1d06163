package dev.chasqui.app;

import dev.chasqui.ingress.Ingress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Keeps the counts of rejected webhooks in the journal over a restart, so that a restart gives no
/// source a new share. The file is small and written once a minute; after a crash, a source may add
/// at most a minute's more.
final class SavedRejects {

  private static final System.Logger LOG = System.getLogger(SavedRejects.class.getName());
  private static final String NAME = "rejects.kept";

  private final Path file;
  private final Ingress ingress;
  private String last = "";

  private SavedRejects(Path directory, Ingress ingress) {
    this.file = directory.resolve(NAME);
    this.ingress = ingress;
  }

  /// Takes up what an earlier run has written.
  static SavedRejects restore(Path directory, Ingress ingress) {
    SavedRejects saved = new SavedRejects(directory, ingress);
    saved.read();
    return saved;
  }

  private void read() {
    try {
      if (Files.exists(file)) {
        last = Files.readString(file, StandardCharsets.ISO_8859_1);
        ingress.restoreRejects(last);
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot read " + file + "; the counts of rejected webhooks begin anew",
          e);
    }
  }

  synchronized void save() {
    String now = ingress.savedRejects();
    if (now.equals(last)) {
      return;
    }
    Path unfinished = file.resolveSibling(NAME + ".new");
    try {
      Files.writeString(unfinished, now, StandardCharsets.ISO_8859_1);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      last = now;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot write " + file + ", trying again later", e);
    }
  }
}
