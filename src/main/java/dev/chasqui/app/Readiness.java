package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.journal.JournalState;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Version;
import dev.chasqui.observe.LoopStatus;
import dev.chasqui.projection.Projection;
import dev.chasqui.projection.ProjectionHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// `/health` (alive; no I/O) and `/ready` (able to take and process webhooks; 503 with the reasons
/// if not). Neither tells secrets or account ids. The member names that Switchbord's pages have are
/// kept.
final class Readiness {

  private static final Duration STILL = Duration.ofSeconds(60);
  private static final int SIZE = 4_096;

  private final Parts parts;
  private final Foundations base;

  /// The parts whose state it reports.
  ///
  /// @param stopping whether the process is told to end
  record Parts(
      Foundations base,
      StoreProbe store,
      Projection projection,
      Dispatcher dispatcher,
      BooleanSupplier stopping,
      ReadyNotes notes) {}

  Readiness(Parts parts) {
    this.parts = parts;
    this.base = parts.base();
  }

  void addTo(Routes routes) {
    routes.get("/health", this::health);
    routes.get("/ready", this::ready);
  }

  private Response health(Request request) {
    return Health.answer(base.clock());
  }

  private Response ready(Request request) throws InterruptedException {
    List<String> problems = problems();
    Dispatcher.Load load = parts.dispatcher().load();
    JsonWriter json = new JsonWriter(SIZE).beginObject();
    json.name("ok").flag(problems.isEmpty());
    json.name("ready").flag(problems.isEmpty());
    // The journal is on this machine's disk, whatever the store is.
    json.member("durability", "node");
    json.member("buildVersion", Version.VALUE);
    json.name("queueDepth").number(load.inMemory());
    json.member("workerStatus", load.inMemory() == 0 ? "idle" : "busy");
    write(json.name("problems"), problems);
    write(json.name("notes"), parts.notes().now());
    writeLoops(json.name("loops"));
    return Response.json(problems.isEmpty() ? 200 : 503, json.endObject().bytes());
  }

  private static void write(JsonWriter json, List<String> words) {
    json.beginArray();
    words.forEach(json::text);
    json.endArray();
  }

  private void writeLoops(JsonWriter json) {
    json.beginArray();
    for (LoopStatus loop : base.host().supervisor().loops()) {
      json.beginObject();
      json.member("name", loop.name());
      json.member("state", loop.state().wire());
      json.member("since", loop.since().toString());
      json.name("reason").text(loop.reason());
      json.endObject();
    }
    json.endArray();
  }

  /// The reasons why the gateway is not ready, without secrets and ids.
  private List<String> problems() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    if (parts.stopping().getAsBoolean()) {
      problems.add("stopping");
    }
    ofJournal().ifPresent(problems::add);
    parts.store().trouble().ifPresent(problems::add);
    ProjectionHealth health = parts.projection().health();
    if (!health.isWell()) {
      problems.add(
          "the projection waits for the store"
              + health.trouble().map(it -> ": " + it.reason()).orElse(""));
    } else if (health.lag().time().compareTo(STILL) > 0) {
      problems.add("the projection is behind");
    }
    return problems;
  }

  private Optional<String> ofJournal() {
    JournalState journal = base.journal().state();
    String why = journal.trouble().map(it -> ": " + it).orElse("");
    return switch (journal.condition()) {
      case FULL -> Optional.of("the journal takes no webhooks" + why);
      case POISONED -> Optional.of("the journal's disk failed" + why);
      case CLOSED -> Optional.of("the journal is closed");
      // What is open still takes some; then webhooks are refused.
      case WRITABLE -> journal.trouble().map(it -> "the journal is about to be full: " + it);
    };
  }
}
