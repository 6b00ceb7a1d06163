package dev.chasqui.cli.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The commands of a documentation page: each fenced `bash` block with the `json` block behind it,
/// which shows what the command prints, `…` for anything.
record ShellPage(List<Step> steps) {

  private static final Pattern STEP =
      Pattern.compile("(?ms)^```bash\n(.*?)^```\n(?:\n?```json\n(.*?)^```$)?");

  /// One command.
  ///
  /// @param shown what it prints, empty if the page does not say
  record Step(String command, String shown) {

    /// Whether it only reads, so that it can be asked until what happens elsewhere has happened.
    boolean isLook() {
      return !command.contains(" -X ") && !command.contains("$(");
    }

    /// Whether a line of what was printed has that in it, white space aside.
    boolean isLike(String printed) {
      String pattern =
          Arrays.stream(shown.strip().split("…", -1))
              .map(ShellPage::literally)
              .collect(Collectors.joining(".*"));
      return Pattern.compile(pattern).matcher(printed).find();
    }
  }

  ShellPage {
    steps = List.copyOf(steps);
  }

  static ShellPage read(Path file) throws IOException {
    Matcher matcher = STEP.matcher(Files.readString(file, StandardCharsets.UTF_8));
    List<Step> steps = new ArrayList<>();
    while (matcher.find()) {
      String shown = matcher.group(2);
      steps.add(new Step(matcher.group(1), shown == null ? "" : shown));
    }
    return new ShellPage(steps);
  }

  private static String literally(String text) {
    return Arrays.stream(text.split("\\s+", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining("\\s*"));
  }
}
