package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `/metrics` tells, held to the rules of `promtool check metrics`.
class MetricsIT {

  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.+)");
  private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{.*})? \\S+");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern ABBREVIATED =
      Pattern.compile(".*_(s|ms|us|ns|sec|b|kb|mb|gb|tb|pb|m|h|d)(_.*)?");
  private static final Pattern NOT_BASE =
      Pattern.compile(
          ".*_(milliseconds|microseconds|nanoseconds|minutes|hours|days|weeks|kilobytes|megabytes"
              + "|gigabytes|bits|percent)(_.*)?");
  private static final Pattern FAMILY = Pattern.compile("\"(chasqui_[a-z_]+)\"");

  @TempDir private Path folder;

  @Test
  void theNamesAreAsPrometheusWantsThem() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
        Town receiver = new Town()) {
      caller.callback(receiver.url());
      caller.webhook(Caller.message("wamid.METRICS", 10));
      receiver.await("the message", got -> !got.isEmpty());
      String metrics = caller.get("/metrics");

      assertThat(faults(metrics)).isEmpty();
    }
  }

  @Test
  void familiesAreThereBeforeAnythingHappened() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(caller.get("/metrics"))
          .contains(
              "chasqui_webhooks_unavailable_total{reason=\"full\",source=\"whatsapp\"} 0.0",
              "chasqui_webhooks_rejected_total{reason=\"invalid_signature\",source=\"turn\"} 0.0",
              "chasqui_delivery_attempts_seconds_count{outcome=\"timeout\"} 0",
              "chasqui_contacts_switched_total 0.0",
              "chasqui_build_info{java=",
              "chasqui_disk_free_bytes ",
              "chasqui_store_bytes ",
              "process_cpu_seconds_total ",
              "jvm_gc_seconds_total{gc=");
    }
  }

  @Test
  void endpointsAndNumbersAreToldByIdUpToABound() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder, Map.of("metrics.endpoints", "1"));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
        Town receiver = new Town()) {
      caller.callback(receiver.url());
      String second =
          "{\"name\":\"b\",\"dialect\":\"standard\",\"url\":\"" + receiver.url() + "\"}";
      assertThat(caller.admin("POST", "/api/v1/endpoints", second).statusCode()).isEqualTo(201);
      caller.webhook(Caller.message("wamid.METRICS", 10));
      receiver.await("both have it", got -> got.size() == 2);
      Conditions.until("both are counted", () -> told(caller).contains("endpoint=\"other\""));
      Conditions.until(
          "the webhook's time is told",
          () -> told(caller).contains("chasqui_number_last_webhook_timestamp_seconds{"));
      String metrics = told(caller);

      assertThat(metrics)
          .containsPattern(
              "chasqui_endpoint_attempts_seconds_count\\{endpoint=\"ep_\\w+\",result=\"delivered\"}"
                  + " 1")
          .containsPattern("chasqui_endpoint_backlog\\{endpoint=\"ep_\\w+\"} 0")
          .containsPattern("chasqui_endpoint_dead_letters\\{endpoint=\"ep_\\w+\"} 0")
          .containsPattern("chasqui_endpoint_failing\\{endpoint=\"ep_\\w+\"} 0")
          .containsPattern("chasqui_number_webhooks_total\\{phone_number_id=\"\\d+\"} 1")
          .containsPattern(
              "chasqui_number_last_webhook_timestamp_seconds\\{phone_number_id=\"\\d+\"} \\d");
      assertThat(Pattern.compile("chasqui_endpoint_backlog\\{").matcher(metrics).results())
          .hasSize(1);
      assertThat(metrics)
          .contains("route=\"PUT /api/v1/app\"")
          .doesNotContain(receiver.url().toString());
    }
  }

  /// A counter or timer without words of its own tells those of none.
  @Test
  void eachFamilyOfTheSourcesHasHelpAndStandsInTheDocument() throws IOException {
    String families = Files.readString(Path.of("src/main/java/dev/chasqui/observe/Families.java"));
    String document = Files.readString(Path.of("docs/operate.md"));
    for (String name : namesInSources()) {
      assertThat(document).as("docs/operate.md").contains(name);
    }
    Set<String> counted =
        matches(
            "metrics\\s*\\.(?:count|time|timeSum|begin|beginTimer)\\((?:[^\"]*)\"(chasqui_[a-z_]+)\"");
    assertThat(counted)
        .hasSizeGreaterThan(12)
        .allMatch(name -> families.contains('"' + name + '"'));
  }

  private static Set<String> namesInSources() throws IOException {
    return matches(FAMILY.pattern()).stream()
        .filter(it -> !it.endsWith("_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> matches(String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/chasqui/app"))) {
      return files
          .filter(it -> it.toString().endsWith(".java"))
          .flatMap(it -> Pattern.compile(pattern).matcher(text(it)).results())
          .map(it -> it.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String told(Caller caller) {
    try {
      return caller.get("/metrics");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> faults(String metrics) {
    Map<String, String> types = pairs(TYPE, metrics);
    Map<String, String> helps = pairs(HELP, metrics);
    List<String> faults = new ArrayList<>();
    types.forEach((name, type) -> judge(name, type, helps.getOrDefault(name, ""), faults));
    for (String line : metrics.lines().toList()) {
      Matcher series = SERIES.matcher(line);
      if (!line.startsWith("#") && series.matches()) {
        judgeLabels(series.group(1), series.group(2) == null ? "" : series.group(2), faults);
      } else if (!line.startsWith("#") && !line.isBlank()) {
        faults.add("no series: " + line);
      }
    }
    return faults;
  }

  private static void judge(String name, String type, String help, List<String> faults) {
    boolean isCounter = type.equals("counter");
    boolean hasParts = type.equals("histogram") || type.equals("summary");
    note(help == null || help.isBlank(), name + " has no help", faults);
    note(isCounter != name.endsWith("_total"), name + " and _total of a " + type, faults);
    note(!hasParts && name.matches(".*_(count|sum|bucket)"), name + ": ending", faults);
    note(name.matches(".*_(counter|gauge|histogram|summary)(_.*)?"), name + ": type", faults);
    note(ABBREVIATED.matcher(name).matches(), name + " has an abbreviated unit", faults);
    note(NOT_BASE.matcher(name).matches(), name + " is in no base unit", faults);
    note(!name.matches("[a-z0-9_]+"), name + " is no snake case", faults);
  }

  private static void judgeLabels(String name, String labels, List<String> faults) {
    for (MatchResult label : LABEL.matcher(labels).results().toList()) {
      note(!label.group(1).matches("[a-z_][a-z0-9_]*"), name + ": " + label.group(1), faults);
      note(label.group(2).contains("\\"), name + ": unreadable " + label.group(2), faults);
      boolean isHidden =
          label.group(2).matches("\\+?[0-9]{9,14}") && !label.group(1).endsWith("_id");
      note(isHidden, name + ": a number in " + label.group(1), faults);
    }
  }

  private static void note(boolean isFault, String words, List<String> faults) {
    if (isFault) {
      faults.add(words);
    }
  }

  private static Map<String, String> pairs(Pattern pattern, String text) {
    Map<String, String> pairs = new HashMap<>();
    pattern.matcher(text).results().forEach(it -> pairs.put(it.group(1), it.group(2)));
    return pairs;
  }
}
