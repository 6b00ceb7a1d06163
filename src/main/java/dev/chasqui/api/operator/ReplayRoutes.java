package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.ReplayId;
import dev.chasqui.operations.Replayer;
import dev.chasqui.store.JobStore;
import java.util.List;

/// Replays: begun, watched, stopped.
final class ReplayRoutes {

  private static final String ROOT = "/api/v1/replays";

  private final JobStore jobs;
  private final Replayer replayer;

  ReplayRoutes(JobStore jobs, Replayer replayer) {
    this.jobs = jobs;
    this.replayer = replayer;
  }

  List<Served> operations() {
    return List.of(
        Served.of("POST", ROOT, "Begins a replay, or counts what it would do", this::create),
        Served.of("GET", ROOT + "/{id}", "Tells how far a replay is", this::get),
        Served.of("DELETE", ROOT + "/{id}", "Stops a replay", this::cancel));
  }

  private Response create(OperatorCall call) throws InterruptedException {
    Replayer.Order order = ReplayBody.read(call);
    try {
      Replayer.Started started = replayer.start(call.workspace(), order);
      Response answer =
          new JsonAnswer().text("id", started.id()).add("count", started.count()).response(202);
      return started.id() == null ? answer : answer.with("Location", ROOT + "/" + started.id());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Bad replay", String.valueOf(e.getMessage()), e);
    }
  }

  private Response get(OperatorCall call) {
    JobStore.Replay replay = find(call);
    return new JsonAnswer()
        .text("id", replay.id())
        .add("state", replay.state())
        .add("total", replay.progress().total())
        .add("done", replay.progress().done())
        .time("updatedAt", replay.progress().updatedAt())
        .response(200);
  }

  private Response cancel(OperatorCall call) {
    JobStore.Replay replay = find(call);
    if (!replayer.cancel(replay.id())) {
      throw new ProblemException(409, "Conflict", "the replay is not running any more");
    }
    return Response.empty(204);
  }

  private JobStore.Replay find(OperatorCall call) {
    return jobs.findReplay(call.pathId("id", ReplayId::parse))
        .filter(it -> it.workspace().equals(call.workspace()))
        .orElseThrow(OperatorCall::notFound);
  }
}
