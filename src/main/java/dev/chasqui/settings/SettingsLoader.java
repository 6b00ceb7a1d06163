package dev.chasqui.settings;

import dev.chasqui.model.TextRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads settings from a file, the environment and flags, and refuses what it does not know.
public final class SettingsLoader {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final Map<String, String> environment;
  private final Map<Key<?>, Settings.Entry> entries = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /// @param environment the process environment
  public SettingsLoader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// Adds what a YAML file says; nested or dotted keys, `${NAME}` for environment variables.
  public SettingsLoader file(Path file) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      new Compose(settings)
          .composeString(Files.readString(file))
          .ifPresent(root -> readNode(file.getFileName() + "", "", root));
    } catch (IOException e) {
      faults.add(file + ": cannot be read");
    } catch (YamlEngineException e) {
      faults.add(file + ": not YAML: " + e.getMessage());
    }
    return this;
  }

  /// Adds flags: names of settings and their texts.
  public SettingsLoader flags(Map<String, String> flags) {
    readEnvironment();
    flags.forEach((name, text) -> put(name, text, "flag"));
    return this;
  }

  /// The effective settings.
  ///
  /// @throws SettingsException that names every fault
  public Settings load() {
    readEnvironment();
    faults.addAll(UnknownVariables.faults(environment.keySet()));
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
    return new Settings(entries);
  }

  private void readEnvironment() {
    for (Key<?> key : Keys.ALL) {
      String text = environment.get(key.environmentName());
      boolean flagged = entries.containsKey(key) && "flag".equals(entries.get(key).origin());
      if (text != null && !flagged) {
        put(key.name(), text, "environment " + key.environmentName());
      }
    }
  }

  private void readNode(String file, String prefix, Node node) {
    String origin = file + " line " + node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    switch (node) {
      case MappingNode mapping -> {
        refuseRepeats(file, mapping);
        for (NodeTuple tuple : mapping.getValue()) {
          String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
          readNode(file, prefix.isEmpty() ? name : prefix + "." + name, tuple.getValueNode());
        }
      }
      case SequenceNode sequence -> put(prefix, joined(sequence, origin), origin);
      case ScalarNode scalar -> put(prefix, resolved(scalar.getValue(), origin), origin);
      default -> faults.add(origin + ": " + prefix + " is neither a value, a list nor a group");
    }
  }

  /// Of two groups with one name the reader of a file takes one for all of it.
  private void refuseRepeats(String file, MappingNode mapping) {
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      boolean isRepeat =
          tuple.getKeyNode() instanceof ScalarNode key
              && tuple.getValueNode() instanceof MappingNode
              && !names.add(key.getValue());
      if (isRepeat) {
        int line = tuple.getKeyNode().getStartMark().map(m -> m.getLine() + 1).orElse(0);
        faults.add(file + " line " + line + ": this group stands twice; put both together");
      }
    }
  }

  private String joined(SequenceNode sequence, String origin) {
    List<String> words = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      words.add(node instanceof ScalarNode scalar ? resolved(scalar.getValue(), origin) : "?");
    }
    return String.join(",", words);
  }

  private String resolved(String text, String origin) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null) {
        faults.add(origin + ": the environment has no variable " + matcher.group(1));
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value == null ? "" : value));
    }
    return matcher.appendTail(result).toString();
  }

  /// Where the same file has set a key before, null if it has not.
  private @Nullable String twice(Key<?> key, String origin) {
    Settings.Entry former = entries.get(key);
    if (former == null) {
      return null;
    }
    return isOfFile(origin) && isOfFile(former.origin()) ? former.origin() : null;
  }

  private static boolean isOfFile(String origin) {
    return origin.contains(" line ");
  }

  private void put(String name, String text, String origin) {
    Key<?> key = Keys.find(name);
    if (key == null) {
      String removed = RemovedKeys.hint(name);
      faults.add(origin + ": no such setting: " + name + (removed == null ? "" : "; " + removed));
      return;
    }
    Optional<String> objection = text.isEmpty() ? Optional.empty() : TextRule.secretObjection(text);
    if (objection.isPresent()) {
      faults.add(origin + ": " + name + ": the value " + objection.get());
      return;
    }
    String twice = twice(key, origin);
    if (twice != null) {
      faults.add(origin + ": " + name + " is set twice, also at " + twice);
      return;
    }
    try {
      key.type().parser().parse(text);
      entries.put(key, new Settings.Entry(text, origin));
    } catch (RuntimeException e) {
      String shown = key.secret() ? "the value" : "'" + text + "'";
      faults.add(origin + ": " + name + ": " + shown + " is not " + key.type().form());
    }
  }
}
