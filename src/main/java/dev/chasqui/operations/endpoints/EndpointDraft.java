package dev.chasqui.operations.endpoints;

import dev.chasqui.model.DialectName;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.Like;
import dev.chasqui.operations.shape.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An endpoint to be made, for the OpenAPI document; [EndpointBody] reads it.
record EndpointDraft(
    @Length(100) @Doc(value = "What people call it.", example = "crm") String name,
    DialectName dialect,
    @Length(2_048) @Doc(value = "Where deliveries go.", example = "https://crm.example/hook")
        URI url,
    EndpointSettings.@Nullable Scope scope,
    @Length(100) @Doc("Words of the dialect; its defaults without it.")
        @Nullable List<String> subscriptions,
    EndpointSettings.@Nullable Filters filters,
    @Doc("Whether a message that was sent comes exactly as it was submitted.") boolean exactPayload,
    @Secret @Doc("What deliveries are signed with; made and told once without it.")
        @Nullable String secret,
    @Doc("Further headers of each delivery, at most 20.") Map<String, String> headers,
    EndpointSettings.@Nullable Certificates tls,
    @Like(EndpointSettings.Rules.class) @Nullable JsonNode policy,
    @Doc("Whether there may be another one with the same dialect, URL, scope and name.")
        boolean allowTwin) {}
