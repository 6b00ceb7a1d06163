package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DiskPriorityTest {

  private static final Path IONICE = Path.of("/usr/bin/ionice");

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "x86_64", "aarch64"})
  void theKernelTakesWhatAThreadAsksForItself() throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      assertThat(thread.submit(DiskPriority.IDLE::claim).get()).isTrue();
      assertThat(thread.submit(DiskPriority.NORMAL::claim).get()).isTrue();
    }
  }

  @Test
  @EnabledIf("hasIonice")
  void itIsTheThreadsOwnAndCanBeGivenBack() throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<String> id = thread.submit(DiskPriorityTest::threadId);
      thread.submit(DiskPriority.IDLE::claim).get();
      assertThat(priorityOf(id.get())).contains("idle");
      assertThat(priorityOf(threadId())).doesNotContain("idle");
      thread.submit(DiskPriority.NORMAL::claim).get();
      assertThat(priorityOf(id.get())).doesNotContain("idle");
    }
  }

  static boolean hasIonice() {
    return Files.isExecutable(IONICE);
  }

  private static String threadId() throws IOException {
    return Path.of("/proc/thread-self").toRealPath().getFileName().toString();
  }

  private static String priorityOf(String thread) throws IOException {
    Process ionice = new ProcessBuilder(IONICE.toString(), "-p", thread).start();
    return new String(ionice.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
