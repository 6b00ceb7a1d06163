package dev.chasqui.tidy;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the package table of ARCHITECTURE.md: who may use whom, and no cycles.
class ArchitectureTest {

  private static final String BASE = "dev.chasqui.";

  /// What every package beside `model` and the dialects may use.
  private static final Set<String> GROUND = Set.of("model", "json", "observe", "settings");

  /// A room and the rooms it may use beside its own sub-packages and, unless it is one of the pure
  /// rooms, the ground. The name `*` stands for everything.
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("model", Set.of()),
          entry("json", Set.of("model")),
          entry("settings", Set.of("model")),
          entry("observe", Set.of("model")),
          entry("dialect", Set.of("model", "json")),
          entry("routing", Set.of("dialect")),
          entry("outbound", Set.of()),
          entry("journal", Set.of()),
          entry("journal.file", Set.of("journal")),
          entry("store", Set.of()),
          entry("store.sql", Set.of("store")),
          entry("projection", Set.of("journal", "store", "routing", "dialect")),
          entry("delivery", Set.of("store", "dialect", "routing", "outbound")),
          entry("alerts", Set.of("store", "dialect", "delivery", "outbound")),
          entry("messaging", Set.of("journal", "store", "dialect", "outbound")),
          entry("http", Set.of("outbound")),
          entry("ingress", Set.of("http", "dialect", "journal")),
          entry(
              "operations",
              Set.of("store", "routing", "delivery", "messaging", "dialect", "alerts", "outbound")),
          entry("api", Set.of("http", "store", "routing", "messaging", "outbound", "operations")),
          entry("sim", Set.of("http", "dialect")),
          entry("bench", Set.of("*")),
          entry("cli", Set.of("*")),
          entry("app", Set.of("*")));

  /// Sub-packages that are rooms of their own: only `app` and what stands beside it makes them.
  private static final Set<String> IMPLEMENTATIONS = Set.of("store.sql", "journal.file");

  private static final Set<String> PURE = Set.of("model", "json", "settings", "observe", "dialect");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.chasqui");

  @Test
  void everyPackageUsesOnlyWhatTheTableAllows() {
    List<String> offences =
        CLASSES.stream()
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(d -> !isAllowed(d))
            .map(Dependency::getDescription)
            .toList();
    assertThat(offences).as("see the package table in ARCHITECTURE.md").isEmpty();
  }

  @Test
  void everyRoomIsInTheTable() {
    Set<String> rooms =
        CLASSES.stream()
            .map(ArchitectureTest::room)
            .filter(r -> !r.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(MAY_USE.keySet()).containsAll(rooms);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.chasqui.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theModelReadsNoClockAndDoesNoInputOrOutput() {
    List<String> offences =
        CLASSES.stream()
            .filter(c -> room(c).equals("model") || room(c).equals("dialect"))
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(d -> isInputOrOutput(d.getTargetClass()))
            .map(Dependency::getDescription)
            .toList();
    assertThat(offences).isEmpty();
  }

  private static boolean isInputOrOutput(JavaClass target) {
    return Stream.of("java.sql.", "java.net.http.", "java.nio.file.", "java.nio.channels.")
        .anyMatch(target.getName()::startsWith);
  }

  private static boolean isAllowed(Dependency dependency) {
    String from = room(dependency.getOriginClass());
    String to = room(dependency.getTargetClass());
    if (to.isEmpty() || from.equals(to)) {
      return true;
    }
    Set<String> allowed = MAY_USE.getOrDefault(from, Set.of());
    boolean onTheGround = !PURE.contains(from) && GROUND.contains(to);
    return allowed.contains("*") || allowed.contains(to) || onTheGround;
  }

  /// The first package below the base, empty for classes that are not the project's.
  private static String room(JavaClass javaClass) {
    String name = javaClass.getBaseComponentType().getPackageName();
    if (!name.startsWith(BASE)) {
      return "";
    }
    String below = name.substring(BASE.length());
    return IMPLEMENTATIONS.stream()
        .filter(it -> below.equals(it) || below.startsWith(it + "."))
        .findFirst()
        .orElseGet(() -> below.split("\\.", 2)[0]);
  }
}
