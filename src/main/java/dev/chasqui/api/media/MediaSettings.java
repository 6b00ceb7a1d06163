package dev.chasqui.api.media;

import java.net.URI;
import java.time.Duration;

/// How files go up and down.
///
/// @param base the Graph API's
/// @param version as `v24.0`, where a client names none
/// @param maxBytes the largest file, whatever its kind
/// @param deadline for all of one file
/// @param stall how long nobody may move anything while the other waits
public record MediaSettings(
    URI base, String version, String userAgent, long maxBytes, Duration deadline, Duration stall) {}
