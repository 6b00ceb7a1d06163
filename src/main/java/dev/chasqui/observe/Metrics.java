package dev.chasqui.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// The process's metrics in Prometheus' form. Labels come from closed lists: none ever holds a
/// phone number, wamid, URL or token. Safe for use by many threads.
public final class Metrics {

  private static final Duration[] LATENCIES = {
    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
    Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)
  };

  private static final double NANOS = 1e9;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConcurrentMap<Series, Counter> counters = new ConcurrentHashMap<>();
  private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

  /// Names of Micrometer's own with abbreviated units or forbidden endings.
  private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

  private final Queue<Table> tables = new ConcurrentLinkedQueue<>();

  public Metrics() {
    registry.config().meterFilter(MeterFilter.deny(id -> MISNAMED.contains(id.getName())));
  }

  /// Adds the JVM's own figures and what runs here.
  ///
  /// @param version the program's
  public void addRuntime(String version) {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      addCollector(collector);
    }
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      FunctionCounter.builder("process_cpu_seconds", system, it -> it.getProcessCpuTime() / NANOS)
          .description("CPU time of the process.")
          .register(registry);
    }
    gauge(
        "chasqui_processors",
        "Processors that the process may use.",
        Runtime.getRuntime()::availableProcessors);
    Info.builder()
        .name("chasqui_build_info")
        .help("What runs here.")
        .labelNames("version", "java")
        .register(registry.getPrometheusRegistry())
        .setLabelValues(version, Runtime.version().toString());
  }

  private void addCollector(GarbageCollectorMXBean collector) {
    FunctionCounter.builder("jvm_gc_collections", collector, it -> it.getCollectionCount())
        .description("Collections of garbage.")
        .tags("gc", collector.getName())
        .register(registry);
    FunctionCounter.builder("jvm_gc_seconds", collector, it -> it.getCollectionTime() / 1_000.0)
        .description("Time spent collecting garbage.")
        .tags("gc", collector.getName())
        .register(registry);
  }

  /// Has a counter there from the start, at 0.
  public void begin(String name, String... labels) {
    count(0, name, labels);
  }

  /// Has a timer there from the start, without a measure.
  public void beginTimer(String name, String... labels) {
    var _ = timer(name, labels);
  }

  /// A family of gauges whose series come and go, asked for when somebody looks.
  ///
  /// @param rows the values by the value of the label; must be bounded
  public void table(
      String name, String help, String label, Supplier<Map<String, ? extends Number>> rows) {
    MultiGauge gauges = MultiGauge.builder(name).description(help).register(registry);
    tables.add(new Table(gauges, label, rows));
  }

  private record Table(
      MultiGauge gauges, String label, Supplier<Map<String, ? extends Number>> rows) {

    void refresh() {
      List<MultiGauge.Row<?>> fresh = new ArrayList<>();
      rows.get().forEach((value, number) -> fresh.add(row(value, number)));
      gauges.register(fresh, true);
    }

    private MultiGauge.Row<?> row(String value, Number number) {
      return MultiGauge.Row.of(Tags.of(label, value), number);
    }
  }

  /// Counts one.
  ///
  /// @param name in Prometheus' form, without `_total`
  /// @param labels names and values in turn
  public void count(String name, String... labels) {
    count(1, name, labels);
  }

  /// Adds to a counter.
  public void count(long amount, String name, String... labels) {
    Counter counter = counters.get(new Series(name, Arrays.asList(labels)));
    if (counter == null) {
      counter =
          counters.computeIfAbsent(
              new Series(name, List.of(labels)), _ -> newCounter(name, labels));
    }
    counter.increment((double) amount);
  }

  /// Records how long something took, with its distribution.
  public void time(Duration took, String name, String... labels) {
    timer(name, labels).record(took);
  }

  /// Records how long something took, as a number and a sum alone: for families with many series.
  public void timeSum(Duration took, String name, String... labels) {
    Timer timer = timers.get(new Series(name, Arrays.asList(labels)));
    if (timer == null) {
      timer =
          timers.computeIfAbsent(
              new Series(name, List.of(labels)), _ -> builder(name, labels).register(registry));
    }
    timer.record(took);
  }

  private Timer timer(String name, String... labels) {
    Timer timer = timers.get(new Series(name, Arrays.asList(labels)));
    return timer == null
        ? timers.computeIfAbsent(new Series(name, List.of(labels)), _ -> newTimer(name, labels))
        : timer;
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
    tables.forEach(Table::refresh);
    return registry.scrape();
  }

  private record Series(String name, List<String> labels) {}

  private Timer newTimer(String name, String... labels) {
    return builder(name, labels).serviceLevelObjectives(LATENCIES).register(registry);
  }

  private static Timer.Builder builder(String name, String... labels) {
    return Timer.builder(name).description(Families.help(name)).tags(labels);
  }

  private Counter newCounter(String name, String... labels) {
    return Counter.builder(name)
        .description(Families.help(name))
        .tags(Tags.of(labels))
        .register(registry);
  }
}
