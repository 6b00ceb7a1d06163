package dev.chasqui.alerts;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The endpoints and how they do, without I/O.
public record Receivers(
    Supplier<List<Endpoint>> all, Function<EndpointId, EndpointHealth> health) {}
