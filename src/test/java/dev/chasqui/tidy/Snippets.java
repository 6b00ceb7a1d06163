package dev.chasqui.tidy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The programs in the pages of the dialects, and how to run them.
final class Snippets {

  /// A language that the pages have a program in.
  enum Language {
    JAVA("java", "Verify.java", "java"),
    PYTHON("python", "verify.py", "python3"),
    JAVASCRIPT("javascript", "verify.js", "node"),
    GO("go", "verify.go", "go run"),
    PHP("php", "verify.php", "php");

    private final String fence;
    private final String file;

    /// What runs a file, its first word the interpreter.
    private final String command;

    Language(String fence, String file, String command) {
      this.fence = fence;
      this.file = file;
      this.command = command;
    }

    /// What runs a program of this language here; empty if nothing does.
    Optional<List<String>> command() {
      if (this == JAVA) {
        return Optional.of(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      }
      List<String> words = List.of(command.split(" ", -1));
      return isOnThePath(words.getFirst()) ? Optional.of(words) : Optional.empty();
    }
  }

  /// Some compile first.
  private static final long LIMIT_MINUTES = 3;

  private Snippets() {}

  private static boolean isOnThePath(String program) {
    @Nullable String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(Pattern.quote(System.getProperty("path.separator")), -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /// The programs of a page in a language; there ought to be one.
  static List<String> in(Path page, Language language) throws IOException {
    Pattern block = Pattern.compile("(?ms)^```" + language.fence + "\n(.*?)^```$");
    Matcher matcher = block.matcher(Files.readString(page));
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /// Runs a program.
  ///
  /// @param arguments the secret and the headers
  /// @param body what stands on its standard input
  /// @return its exit code
  static int run(
      Path folder, Language language, String program, List<String> arguments, String body)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve(language.file), program);
    Path input = Files.writeString(folder.resolve("body"), body);
    List<String> command = new ArrayList<>(language.command().orElseThrow());
    command.add(file.toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(language + " did not end");
    }
    return process.exitValue();
  }
}
