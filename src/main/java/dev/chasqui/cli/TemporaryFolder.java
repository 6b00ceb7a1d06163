package dev.chasqui.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// A folder for the data of a gateway that is started for the occasion: one that was given and is
/// empty, or a temporary one that is deleted in the end unless something went wrong.
final class TemporaryFolder implements AutoCloseable {

  private final Path path;
  private volatile boolean isKept;

  private TemporaryFolder(Path path, boolean isKept) {
    this.path = path;
    this.isKept = isKept;
  }

  /// @throws ParameterException if the given one is not empty
  static TemporaryFolder orGiven(@Nullable Path given, CommandSpec spec) throws IOException {
    if (given == null) {
      return new TemporaryFolder(Files.createTempDirectory("chasqui-"), false);
    }
    Files.createDirectories(given);
    try (Stream<Path> files = Files.list(given)) {
      if (files.findAny().isPresent()) {
        throw new ParameterException(
            spec.commandLine(), given + " is not empty: what is in it would be mixed up");
      }
    }
    return new TemporaryFolder(given, true);
  }

  Path path() {
    return path;
  }

  /// Leaves it there.
  void keep() {
    isKept = true;
  }

  @Override
  public void close() {
    if (isKept || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
