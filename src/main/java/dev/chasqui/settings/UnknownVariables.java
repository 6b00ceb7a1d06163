package dev.chasqui.settings;

import dev.chasqui.model.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Variables of the environment that look like settings and are none: a mistyped one would be
/// ignored without a word.
final class UnknownVariables {

  private static final String PREFIX = "CHASQUI_";

  /// Variables of the project's own tests.
  private static final Set<String> OTHERS = Set.of("CHASQUI_CORPUS", "CHASQUI_JAVA_OPTS");

  /// What Kubernetes and Docker set in every container beside a service that is called chasqui.
  private static final Pattern OF_SERVICES =
      Pattern.compile(
          "CHASQUI_(.+_)?(SERVICE_(HOST|PORT)(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_.+)?)?)");

  private UnknownVariables() {}

  /// The faults of the variables' names.
  static List<String> faults(Collection<String> names) {
    List<String> faults = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      if (isUnknown(name)) {
        faults.add("environment: no such setting: " + name + hint(name));
      }
    }
    return faults;
  }

  private static boolean isUnknown(String name) {
    boolean isOurs = name.startsWith(PREFIX) && !OTHERS.contains(name);
    return isOurs
        && Keys.ALL.stream().noneMatch(it -> it.environmentName().equals(name))
        && !OF_SERVICES.matcher(name).matches();
  }

  private static String hint(String name) {
    String removed = RemovedKeys.hintOfVariable(name);
    if (removed != null) {
      return "; " + removed;
    }
    String nearest = Nearest.to(name, Keys.ALL.stream().map(Key::environmentName).toList());
    return "; the nearest is " + nearest;
  }
}
