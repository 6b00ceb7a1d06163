package dev.chasqui.operations;

import dev.chasqui.model.Bytes;
import org.jspecify.annotations.Nullable;

/// Bytes that are answered as they are.
///
/// @param fileName what a browser is to call it, null if it is shown
public record Download(Bytes bytes, @Nullable String fileName) {}
