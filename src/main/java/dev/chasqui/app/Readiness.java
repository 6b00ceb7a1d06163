package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.journal.JournalState;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Version;
import dev.chasqui.projection.Projection;
import dev.chasqui.projection.ProjectionHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// `/health` (alive; no I/O) and `/ready` (able to take and process webhooks; 503 with the reasons
/// if not). Neither tells secrets or account ids. The member names that Switchbord's pages have are
/// kept.
final class Readiness {

  private static final Duration STILL = Duration.ofSeconds(60);

  private final Foundations base;
  private final Projection projection;
  private final Dispatcher dispatcher;
  private final BooleanSupplier stopping;
  private final ReadyNotes notes;

  Readiness(
      Foundations base,
      Projection projection,
      Dispatcher dispatcher,
      BooleanSupplier stopping,
      ReadyNotes notes) {
    this.base = base;
    this.notes = notes;
    this.projection = projection;
    this.dispatcher = dispatcher;
    this.stopping = stopping;
  }

  void addTo(Routes routes) {
    routes.get("/health", this::health);
    routes.get("/ready", this::ready);
  }

  private Response health(Request request) {
    return Health.answer(base.clock());
  }

  private Response ready(Request request) {
    List<String> problems = problems();
    Dispatcher.Load load = dispatcher.load();
    String json =
        "{\"ok\":"
            + problems.isEmpty()
            + ",\"buildVersion\":\""
            + Version.VALUE
            + "\",\"queueDepth\":"
            + load.held()
            + ",\"workerStatus\":\""
            + (load.held() == 0 ? "idle" : "busy")
            + "\",\"problems\":"
            + quoted(problems)
            + ",\"notes\":"
            + quoted(notes.now())
            + "}";
    return Response.json(problems.isEmpty() ? 200 : 503, Bytes.utf8(json));
  }

  private static String quoted(List<String> words) {
    return "[" + String.join(",", words.stream().map(word -> '"' + word + '"').toList()) + "]";
  }

  /// What keeps the gateway from its work, in fixed words.
  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (stopping.getAsBoolean()) {
      problems.add("stopping");
    }
    JournalState journal = base.journal().state();
    if (!journal.isWritable()) {
      problems.add(
          switch (journal.condition()) {
            case FULL -> "the journal is full";
            case POISONED -> "the journal's disk failed";
            case CLOSED, WRITABLE -> "the journal is closed";
          });
    }
    if (!base.store().isWritable()) {
      problems.add("the store cannot be written");
    }
    ProjectionHealth health = projection.health();
    if (!health.isWell()) {
      problems.add("the projection waits for the store");
    } else if (health.lag().time().compareTo(STILL) > 0) {
      problems.add("the projection is behind");
    }
    return problems;
  }
}
