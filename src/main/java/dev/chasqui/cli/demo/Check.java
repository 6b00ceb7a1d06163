package dev.chasqui.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Numbers beside the numbers they ought to be.
final class Check {

  private final List<Line> lines = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private record Line(String name, long expected, long actual) {
    boolean isRight() {
      return expected == actual;
    }
  }

  void add(String name, long expected, long actual) {
    lines.add(new Line(name, expected, actual));
  }

  /// Something to be said below the numbers.
  void remark(String text) {
    remarks.add(text);
  }

  /// Prints all of them as a table.
  void print(Story story) {
    story.say("");
    story.say(String.format(Locale.ROOT, "  %-48s %10s %10s", "", "expected", "counted"));
    for (Line line : lines) {
      story.say(
          String.format(
              Locale.ROOT,
              "  %-48s %,10d %,10d%s",
              line.name,
              line.expected,
              line.actual,
              line.isRight() ? "" : "   <- differs"));
    }
    remarks.forEach(remark -> story.say("  " + remark));
    story.say("");
  }

  /// What is not as it ought to be, one line each.
  List<String> mismatches() {
    return lines.stream()
        .filter(line -> !line.isRight())
        .map(
            line ->
                "%s: %,d expected, %,d counted".formatted(line.name, line.expected, line.actual))
        .toList();
  }
}
