package dev.chasqui.app;

import dev.chasqui.api.operator.Replayer;
import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.projection.Projection;

/// Leads the operator's API to the replays.
record ReplayBridge(Projection projection, Dispatcher dispatcher) implements Replayer {

  @Override
  public Started start(WorkspaceId workspace, Order order) {
    if (order.selection() instanceof Selection.Events(var ids)) {
      ids.forEach(id -> projection.replay().replay(id));
      dispatcher.endpointsChanged();
      return new Started(null, ids.size());
    }
    throw new IllegalArgumentException("only events can be replayed");
  }

  @Override
  public boolean cancel(ReplayId id) {
    return false;
  }

  @Override
  public void retryJob(JobId job) {
    projection.replay().retry(job);
    dispatcher.endpointsChanged();
  }
}
