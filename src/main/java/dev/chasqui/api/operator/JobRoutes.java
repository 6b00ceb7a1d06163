package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.operations.FindEvent;
import dev.chasqui.operations.Replayer;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.JobStore;
import java.util.List;
import java.util.Optional;

/// Jobs. Only those that failed have a row; of one that went well the event tells everything.
final class JobRoutes {

  private static final String ROOT = "/api/v1/jobs";

  private final JobStore jobs;
  private final FindEvent find;
  private final Replayer replayer;

  JobRoutes(JobStore jobs, FindEvent find, Replayer replayer) {
    this.jobs = jobs;
    this.find = find;
    this.replayer = replayer;
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", ROOT, "Lists jobs that failed, newest first", this::list)
            .with("limit", "cursor"),
        Served.of("GET", ROOT + "/{id}", "Tells how a job stands", this::get),
        Served.of("POST", ROOT + "/{id}/retry", "Runs a failed job again", this::retry));
  }

  private Response list(OperatorCall call) {
    return ListPage.read(call.page(), page -> jobs.list(call.workspace(), page), JobRoutes::failed);
  }

  private Response get(OperatorCall call) throws InterruptedException {
    JobId id = call.pathId("id", JobId::parse);
    EventView event = find.byId(call.invocation(), new EventId(id.ulid()));
    Optional<JobStore.FailedJob> failed = jobs.find(id);
    return failed.map(JobRoutes::failed).orElseGet(() -> wentWell(event)).response(200);
  }

  private Response retry(OperatorCall call) throws InterruptedException {
    call.refuseBody();
    JobId id = call.pathId("id", JobId::parse);
    find.byId(call.invocation(), new EventId(id.ulid()));
    JobStore.FailedJob failed =
        jobs.find(id)
            .filter(it -> it.status().state().equals("failed"))
            .orElseThrow(() -> new ProblemException(409, "Conflict", "the job has not failed"));
    replayer.retryJob(id);
    return failed(jobs.find(id).orElse(failed)).response(200);
  }

  private static JsonAnswer failed(JobStore.FailedJob job) {
    return head(job.id(), job.event())
        .add("state", job.status().state())
        .add("attempts", job.status().attempts())
        .add("error", job.status().error())
        .time("updatedAt", job.status().updatedAt());
  }

  private static JsonAnswer wentWell(EventView event) {
    if (event.row().state() == EventRow.State.REJECTED) {
      throw OperatorCall.notFound();
    }
    return head(new JobId(event.row().id().ulid()), event.row().id())
        .add("state", "succeeded")
        .add("attempts", 1)
        .nothing("error")
        .time("updatedAt", event.row().id().ulid().time());
  }

  private static JsonAnswer head(JobId id, EventId event) {
    return new JsonAnswer()
        .text("id", id)
        .add("type", "process_webhook_event")
        .text("eventId", event);
  }
}
