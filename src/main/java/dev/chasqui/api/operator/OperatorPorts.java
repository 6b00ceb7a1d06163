package dev.chasqui.api.operator;

import dev.chasqui.api.Outlet;
import dev.chasqui.api.ResourceChanged;

/// What the operator's interface asks of the rest; `app` leads each to where it belongs.
///
/// @param changed told after every change of a resource
/// @param outlet handshakes and address checks
/// @param receivers what concerns endpoints
/// @param events what concerns events
/// @param replayer replays and retries of jobs
public record OperatorPorts(
    ResourceChanged changed, Outlet outlet, Receivers receivers, Events events, Replayer replayer) {

  /// What concerns endpoints.
  public record Receivers(ReceiverDialects dialects, EndpointHealths healths, TestDelivery test) {}

  /// What concerns events.
  public record Events(
      ProjectionGate gate, RawEvents raw, RouteExplainer explainer, Reverifier reverifier) {}
}
