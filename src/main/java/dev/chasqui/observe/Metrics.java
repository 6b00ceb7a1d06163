package dev.chasqui.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// The process's metrics in Prometheus' form. Labels come from closed lists: none ever holds a
/// phone number, wamid, URL or token. Safe for use by many threads.
public final class Metrics {

  private static final Duration[] LATENCIES = {
    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
    Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConcurrentMap<Series, Counter> counters = new ConcurrentHashMap<>();
  private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

  /// Adds the JVM's own figures.
  public void addRuntime() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// Counts one.
  ///
  /// @param name in Prometheus' form, without `_total`
  /// @param labels names and values in turn
  public void count(String name, String... labels) {
    count(1, name, labels);
  }

  /// Counts several.
  public void count(long amount, String name, String... labels) {
    Counter counter = counters.get(new Series(name, Arrays.asList(labels)));
    if (counter == null) {
      counter =
          counters.computeIfAbsent(
              new Series(name, List.of(labels)), _ -> registry.counter(name, Tags.of(labels)));
    }
    counter.increment((double) amount);
  }

  /// Records how long something took.
  public void time(Duration took, String name, String... labels) {
    Timer timer = timers.get(new Series(name, Arrays.asList(labels)));
    if (timer == null) {
      timer =
          timers.computeIfAbsent(new Series(name, List.of(labels)), _ -> newTimer(name, labels));
    }
    timer.record(took);
  }

  /// A value that is asked for when somebody looks.
  public void gauge(String name, String help, Supplier<Number> value, String... labels) {
    Gauge.builder(name, value)
        .description(help)
        .tags(labels)
        .strongReference(true)
        .register(registry);
  }

  /// All metrics as Prometheus reads them.
  public String scrape() {
    return registry.scrape();
  }

  /// What is counted as one.
  private record Series(String name, List<String> labels) {}

  private Timer newTimer(String name, String... labels) {
    return Timer.builder(name).tags(labels).serviceLevelObjectives(LATENCIES).register(registry);
  }
}
