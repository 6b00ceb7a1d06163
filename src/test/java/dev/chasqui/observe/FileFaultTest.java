package dev.chasqui.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileFaultTest {

  @Test
  void aDenialNamesTheUserTheFileAndTheRemedy() {
    assertThat(FileFault.of(new AccessDeniedException("/data/chasqui.db.lock")))
        .isEqualTo(
            "permission denied for user "
                + System.getProperty("user.name")
                + " (/data/chasqui.db.lock); let this user write there");
  }

  @Test
  void whatTheSystemSaysIsToldWithWhatToDo() {
    assertThat(FileFault.of(new FileSystemException("/data", null, "Read-only file system")))
        .isEqualTo("the file system is read-only (/data); mount it writable");
    assertThat(FileFault.of(new FileSystemException("/data", null, "No space left on device")))
        .isEqualTo("the disk is full (/data); free some space");
    assertThat(FileFault.of(new NoSuchFileException("/data")))
        .isEqualTo("no such file or directory (/data); create it");
    assertThat(FileFault.of(new FileSystemException("/data", null, "Input/output error")))
        .isEqualTo("Input/output error (/data)");
    assertThat(FileFault.of(new IOException("broken"))).isEqualTo("broken");
  }
}
