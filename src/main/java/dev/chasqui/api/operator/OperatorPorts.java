package dev.chasqui.api.operator;

import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.operations.ReceiverDialects;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.Reverifier;
import dev.chasqui.operations.RouteExplainer;
import dev.chasqui.operations.TestDelivery;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.SourceStore;

/// What the operator's interface asks of the rest; `app` leads each to where it belongs.
///
/// @param changed told after every change of a resource
/// @param sources senders other than Meta: the store's, or something in front of it
/// @param fallbacks fallback channels: the store's, or something in front of it
/// @param sender handshakes and address checks
/// @param receivers what concerns endpoints
/// @param events what concerns events
/// @param replayer replays and retries of jobs
public record OperatorPorts(
    ResourceChanged changed,
    SourceStore sources,
    FallbackStore fallbacks,
    Sender sender,
    Receivers receivers,
    Events events,
    Replayer replayer) {

  /// What concerns endpoints.
  public record Receivers(ReceiverDialects dialects, EndpointHealths healths, TestDelivery test) {}

  /// What concerns events.
  public record Events(
      ProjectionGate gate,
      RawEvents raw,
      RouteExplainer explainer,
      Reverifier reverifier,
      LiveTail tail,
      ReadMemory memory) {}
}
