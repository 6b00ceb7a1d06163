package dev.chasqui.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/// Holds the house style where a compiler cannot; each message tells the mend.
class TidyTest {

  private static final int METHOD_LINES = 40;
  private static final int FILE_LINES = 400;
  private static final int PARAMETERS = 5;
  private static final int RECORD_COMPONENTS = 7;

  /// What operations take and answer is as wide as the interface it describes; what is wider is put
  /// together from parts with `@Flat`.
  private static final int WIRE_COMPONENTS = 12;

  private static final Map<Pattern, String> BANNED_EVERYWHERE =
      Map.of(
          Pattern.compile("new Thread\\("), "use Thread.ofPlatform() or Thread.ofVirtual()",
          Pattern.compile("printStackTrace"), "log it at the edge of the loop or request",
          Pattern.compile("@author"), "leave it out: git knows",
          Pattern.compile("FIXME|TODO"), "do it, or write an issue",
          Pattern.compile("(?m)^import .*\\*;"), "import each type by its name");

  private static final Map<Pattern, String> BANNED_OUTSIDE_APP =
      Map.of(
          Pattern.compile("System\\.currentTimeMillis"), "pass a java.time.Clock in",
          Pattern.compile("(?<![A-Za-z])Instant\\.now\\(\\)"), "pass a java.time.Clock in");

  private static final Map<Pattern, String> BANNED_IN_TESTS =
      Map.of(Pattern.compile("Thread\\.sleep\\("), "wait for a condition, or move a clock");

  private static final Sources SOURCES = Sources.parse();

  @Test
  void methodsAndParameterListsStayShort() {
    List<String> offences = new ArrayList<>();
    for (CompilationUnitTree unit : SOURCES.units()) {
      new Measure(unit, offences).scan(unit, null);
    }
    assertThat(offences).as("split the method, or gather parameters in a record").isEmpty();
  }

  @Test
  void filesStayShort() {
    List<String> offences =
        Sources.javaFiles("src").stream()
            .filter(f -> Sources.read(f).lines().count() > FILE_LINES)
            .map(Sources::relative)
            .toList();
    assertThat(offences).as("give the second job a class of its own").isEmpty();
  }

  @Test
  void bannedTextIsNowhere() {
    List<String> offences = new ArrayList<>();
    for (Path file : Sources.javaFiles("src")) {
      String path = Sources.relative(file);
      if (path.contains("/tidy/")) {
        continue;
      }
      collect(BANNED_EVERYWHERE, file, offences);
      if (path.startsWith("src/test")) {
        collect(BANNED_IN_TESTS, file, offences);
      } else if (!path.contains("/chasqui/app/")) {
        collect(BANNED_OUTSIDE_APP, file, offences);
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    TreeSet<String> without =
        Sources.javaFiles("src/main/java").stream()
            .map(Path::getParent)
            .filter(folder -> !isDescribed(folder.resolve("package-info.java")))
            .map(Sources::relative)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(without).as("add a package-info.java: one sentence and @NullMarked").isEmpty();
  }

  @Test
  void everyMigrationExistsForBothDatabases() {
    String folder = "src/main/resources/db/migration/";
    assertThat(names(folder + "sqlite")).isNotEmpty().isEqualTo(names(folder + "postgresql"));
  }

  private static List<String> names(String folder) {
    return Sources.files(folder, ".sql").stream().map(p -> p.getFileName().toString()).toList();
  }

  private static boolean isDescribed(Path info) {
    if (!Files.exists(info)) {
      return false;
    }
    String text = Sources.read(info);
    return text.contains("@NullMarked") && text.contains("/// ");
  }

  private static void collect(Map<Pattern, String> banned, Path file, List<String> offences) {
    String text = Sources.read(file);
    new TreeMap<>(
            banned.entrySet().stream().collect(Collectors.toMap(e -> e.getKey() + "", e -> e)))
        .forEach(
            (pattern, entry) -> {
              if (entry.getKey().matcher(text).find()) {
                offences.add(Sources.relative(file) + ": " + pattern + ": " + entry.getValue());
              }
            });
  }

  /// Collects what is over a limit in one source.
  private static final class Measure extends TreeScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final List<String> offences;

    Measure(CompilationUnitTree unit, List<String> offences) {
      this.unit = unit;
      this.offences = offences;
    }

    private Path file() {
      return Path.of(unit.getSourceFile().toUri());
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (type.getKind() == Tree.Kind.RECORD) {
        long components =
            type.getMembers().stream()
                .filter(m -> m instanceof VariableTree field && !isStatic(field))
                .count();
        boolean isWire = Sources.relative(file()).contains("/operations/");
        check(type, components, isWire ? WIRE_COMPONENTS : RECORD_COMPONENTS, "record components");
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      BlockTree body = method.getBody();
      boolean isCanonical = method.getName().contentEquals("<init>") && isInRecord(method);
      if (body != null) {
        check(method, lines(method), METHOD_LINES, "lines");
      }
      if (!isCanonical) {
        check(method, method.getParameters().size(), PARAMETERS, "parameters");
      }
      return super.visitMethod(method, null);
    }

    private boolean isInRecord(MethodTree method) {
      return method.getModifiers().getFlags().isEmpty()
          || SOURCES.trees().getPath(unit, method).getParentPath().getLeaf().getKind()
              == Tree.Kind.RECORD;
    }

    private static boolean isStatic(VariableTree field) {
      return field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private long lines(Tree tree) {
      var positions = SOURCES.trees().getSourcePositions();
      return SOURCES.line(unit, positions.getEndPosition(unit, tree))
          - SOURCES.line(unit, positions.getStartPosition(unit, tree))
          + 1;
    }

    private void check(Tree tree, long measured, int limit, String what) {
      if (measured > limit) {
        long at =
            SOURCES.line(unit, SOURCES.trees().getSourcePositions().getStartPosition(unit, tree));
        offences.add(Sources.pathOf(unit) + ":" + at + ": " + measured + " " + what);
      }
    }
  }
}
