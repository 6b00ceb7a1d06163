package dev.chasqui.api.media;

import dev.chasqui.http.Pieces;

/// A file on its way up.
///
/// @param type its media type with parameters, as it was told
/// @param length in bytes, negative if it was not told
public record MediaFile(String type, long length, Pieces content) {}
