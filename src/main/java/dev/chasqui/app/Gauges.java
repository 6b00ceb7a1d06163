package dev.chasqui.app;

import dev.chasqui.alerts.Alerts;
import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.model.Alert;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Version;
import dev.chasqui.observe.LoopStatus;
import dev.chasqui.observe.Metrics;
import dev.chasqui.projection.Projection;
import java.time.Duration;
import java.util.function.ToIntFunction;

/// What is looked up when somebody reads the metrics.
record Gauges(Foundations base, Dispatcher dispatcher, Projection projection, Alerts alerts) {

  void addTo(Metrics metrics) {
    metrics.addRuntime(Version.VALUE);
    metrics.gauge(
        "chasqui_journal_bytes",
        "Bytes the journal uses on disk.",
        () -> base.journal().state().bytesUsed());
    metrics.gauge(
        "chasqui_journal_cap_bytes",
        "The most the journal may use.",
        () -> base.journal().state().bytesCap());
    metrics.gauge(
        "chasqui_journal_writable",
        "1 if webhooks can be stored.",
        () -> base.journal().state().isWritable() ? 1 : 0);
    metrics.gauge(
        "chasqui_projection_lag_seconds",
        "Age of the oldest fact that is not projected.",
        () -> seconds(projection.health().lag().time()));
    metrics.gauge(
        "chasqui_ledger_waiting",
        "Notifications that wait for the ledger.",
        () -> projection.health().unapplied());
    addLoops(metrics);
    addDispatcher(metrics);
    addAlerts(metrics);
  }

  private void addLoops(Metrics metrics) {
    for (LoopStatus loop : base.host().supervisor().loops()) {
      for (LoopStatus.State state : LoopStatus.State.values()) {
        metrics.gauge(
            "chasqui_loop",
            "1 in the state that the loop is in: running, waiting (it failed and tries again),"
                + " ended.",
            () -> stateOf(loop.name()) == state ? 1 : 0,
            "loop",
            loop.name(),
            "state",
            state.wire());
      }
    }
  }

  private LoopStatus.State stateOf(String loop) {
    return base.host().supervisor().loops().stream()
        .filter(it -> it.name().equals(loop))
        .findFirst()
        .map(LoopStatus::state)
        .orElse(LoopStatus.State.ENDED);
  }

  private void addDispatcher(Metrics metrics) {
    metrics.gauge(
        "chasqui_deliveries_in_memory",
        "Deliveries in memory.",
        () -> dispatcher.load().inMemory());
    metrics.gauge(
        "chasqui_deliveries_in_flight",
        "Deliveries under way.",
        () -> dispatcher.load().inFlight());
    for (Lane lane : Lane.values()) {
      addLane(metrics, lane);
    }
    for (EndpointHealth.State state : EndpointHealth.State.values()) {
      metrics.gauge(
          "chasqui_endpoints",
          "Endpoints by state.",
          () -> endpointsThatAre(state),
          "state",
          state.wire());
    }
  }

  private void addLane(Metrics metrics, Lane lane) {
    addLane(metrics, lane, "budget", Dispatcher.LaneLoad::budget);
    addLane(metrics, lane, "in_flight", Dispatcher.LaneLoad::inFlight);
    addLane(metrics, lane, "waiting", Dispatcher.LaneLoad::waiting);
    addLane(metrics, lane, "endpoints", Dispatcher.LaneLoad::endpoints);
  }

  private void addLane(
      Metrics metrics, Lane lane, String what, ToIntFunction<Dispatcher.LaneLoad> figure) {
    metrics.gauge(
        "chasqui_lane_" + what,
        "Of the lane: " + what.replace('_', ' ') + ".",
        () -> figure.applyAsInt(dispatcher.load(lane)),
        "lane",
        lane.wire());
  }

  private void addAlerts(Metrics metrics) {
    for (Lane lane : Lane.values()) {
      metrics.gauge(
          "chasqui_oldest_due_seconds",
          "Age of the oldest due delivery, throttled ones included.",
          () -> seconds(alerts.oldestDue(lane)),
          "lane",
          lane.wire());
    }
    for (Alert.Kind kind : Alert.Kind.values()) {
      metrics.gauge(
          "chasqui_alerts_open", "Open alerts.", () -> alerts.open(kind), "kind", kind.wire());
    }
  }

  private long endpointsThatAre(EndpointHealth.State state) {
    return base.directory().endpoints().stream()
        .filter(e -> dispatcher.health(e.id()).state() == state)
        .count();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
