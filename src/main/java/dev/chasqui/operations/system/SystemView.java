package dev.chasqui.operations.system;

import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gateway as a process.
public record SystemView(
    String version,
    Instant startedAt,
    long uptimeSeconds,
    @Words({"sqlite", "postgresql"}) String store,
    Journal journal,
    Lag lag,
    @Doc("Deliveries that are in memory: under way or about to be.") long deliveriesInMemory,
    @Doc("Every setting with its value in force; secrets as set or not set.")
        List<Setting> settings) {

  /// How the journal is.
  public record Journal(
      @Doc("full: webhooks are refused; poisoned: its disk failed.")
          @Words({"writable", "full", "poisoned", "closed"})
          String condition,
      @Doc("One line for people; null if all is well.") @Nullable String trouble,
      long bytesUsed,
      @Doc("The most that it may use.") long bytesCap,
      @Doc("What is free on the disk beyond the reserve; negative if that is touched.")
          long bytesFree) {}

  /// How far the store is behind the journal.
  public record Lag(
      @Doc("Bytes of the journal that are not in the store.") long bytes,
      @Doc("The age of the oldest webhook that is not in the store.") double seconds) {}

  /// A setting.
  public record Setting(
      String name,
      String value,
      @Doc("default, environment, flag, or the file and its line.") String origin,
      @Doc("What it is for.") String description) {}
}
