package dev.chasqui.app;

import dev.chasqui.api.operator.Replayer;
import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.projection.Projection;
import java.util.List;

/// Leads the operator's API to the replays.
record ReplayBridge(Projection projection, ReplayDeliveries deliveries, Dispatcher dispatcher)
    implements Replayer {

  @Override
  public Started start(WorkspaceId workspace, Order order) {
    if (order.endpoint() != null || order.ratePerSecond() != null) {
      throw new IllegalArgumentException("endpointId and ratePerSecond are not available yet");
    }
    boolean dryRun = order.dryRun();
    long count =
        switch (order.selection()) {
          case Selection.Events(var ids) -> events(ids, dryRun);
          case Selection.Deliveries(var ids) -> deliveries.these(workspace, ids, dryRun);
          case Selection.Matching(var filter) -> deliveries.matching(workspace, filter, dryRun);
        };
    if (!dryRun) {
      dispatcher.endpointsChanged();
    }
    return new Started(null, count);
  }

  private long events(List<EventId> ids, boolean dryRun) {
    if (!dryRun) {
      ids.forEach(id -> projection.replay().replay(id));
    }
    return ids.size();
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
